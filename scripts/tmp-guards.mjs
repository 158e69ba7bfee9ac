// usage: node scripts/tmp-guards.mjs [--write] folder…: an empty line after the last guard of a run of guards
import ts from 'typescript';
import { readFileSync, writeFileSync } from 'node:fs';
import { execSync } from 'node:child_process';
const write = process.argv.includes('--write');
const folders = process.argv.slice(2).filter((a) => !a.startsWith('--'));
let n = 0, files = 0;
const ends = (s) => ts.isReturnStatement(s) || ts.isThrowStatement(s) || ts.isContinueStatement(s) || ts.isBreakStatement(s) || (ts.isBlock(s) && s.statements.length > 0 && ends(s.statements.at(-1)));
const isGuard = (s) => ts.isIfStatement(s) && s.elseStatement === undefined && ends(s.thenStatement);
for (const f of execSync(`git ls-files ${folders.map((x) => `'${x}/*.ts'`).join(' ')}`).toString().trim().split('\n')) {
  const text = readFileSync(f, 'utf8');
  const sf = ts.createSourceFile(f, text, ts.ScriptTarget.Latest, true);
  const at = [];
  const visit = (node) => {
    if (ts.isBlock(node) || ts.isSourceFile(node) || ts.isCaseClause(node) || ts.isDefaultClause(node)) {
      const list = node.statements;
      // Guards before one statement read as one.
      const guards = list.findIndex((one) => !isGuard(one));
      if (list.length <= 2 || (guards === list.length - 1 && list.length <= 3)) { ts.forEachChild(node, visit); return; }
      for (let i = 0; i + 1 < list.length; i++) {
        if (!isGuard(list[i]) || isGuard(list[i + 1])) continue;
        const end = list[i].getEnd();
        const lineEnd = text.indexOf('\n', end);
        const between = text.slice(end, list[i + 1].getStart());
        if (/\n\s*\n/.test(between.split('//')[0] + '') || /^[^\n]*\n\s*\n/.test(between)) continue;
        // last statement alone after the guard in a block of two: a short pair is left
        at.push(lineEnd);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(sf);
  if (at.length === 0) continue;
  n += at.length; files++;
  if (write) {
    let out = text;
    for (const p of at.sort((a, b) => b - a)) out = out.slice(0, p) + '\n' + out.slice(p);
    writeFileSync(f, out);
  }
}
console.log(n, 'in', files);
