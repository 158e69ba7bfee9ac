// Refuses state of a module in core and the adapters: what a call derives from a snapshot or a spec ends with the call
// (docs/contributing/architecture.md). Tables that are filled in their declaration and never written are none.
//   node scripts/check-state.mjs
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { ROOT, filesBelow, packageFolder } from './workspace.mjs';

const FOLDERS = ['core', 'aws', 'alibaba', 'fleet'];

/** An abort signal is the caller's own object, and Node.js warns of its eleventh listener: one has to stand for all. */
const EXCEPT = new Set(['packages/core/src/ground/clocks/abort.ts']);

const WEAK = new Set(['WeakMap', 'WeakSet']);
const COLLECTIONS = new Set(['Map', 'Set']);

/** The lines of a module at which it makes a collection that lives as long as the module, and that something writes. */
export function moduleState(text) {
  const source = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ES2022, true);
  const lines = [];
  const visit = (node, variable) => {
    if (ts.isFunctionLike(node) || (ts.isPropertyDeclaration(node) && !isStatic(node))) return;
    if (ts.isNewExpression(node) && isState(node, variable, text)) {
      lines.push(source.getLineAndCharacterOfPosition(node.getStart()).line + 1);
    }
    const own = ts.isVariableDeclaration(node) ? node : variable;
    ts.forEachChild(node, (child) => visit(child, own));
  };
  visit(source);
  return lines;
}

function isStatic({ modifiers = [] }) {
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
}

function isState({ expression, arguments: values = [] }, variable, text) {
  const made = expression.getText();
  if (WEAK.has(made)) return true;
  if (!COLLECTIONS.has(made)) return false;
  const isReadonly = variable?.type?.getText().startsWith('Readonly') === true;
  const name = variable?.name.getText();
  return (
    (!isReadonly && values.length === 0) || new RegExp(String.raw`\b${name}\.(?:set|add|delete|clear)\(`).test(text)
  );
}

export function checkState() {
  return FOLDERS.flatMap((folder) =>
    filesBelow(path.join(packageFolder(folder), 'src'), (file) => file.endsWith('.ts')).flatMap((file) => {
      const place = path.relative(ROOT, file).replaceAll(path.sep, '/');
      const text = readFileSync(file, 'utf8');
      if (EXCEPT.has(place) || !/new (?:Weak)?(?:Map|Set)\b/.test(text)) return [];
      return moduleState(text).map(
        (line) => `${place}:${line}: a module keeps state. Give it to the object that owns it: \`derived\`.`,
      );
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = checkState();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
  console.log('No module keeps state.');
}
