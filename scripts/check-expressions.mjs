// Refuses regular expressions that can go back over a text: their time would grow with the square of its length, or faster, and texts are of
// others. An expression is an automaton here. It goes back where one word leads from a state to itself and to another state, which it leads
// to itself as well (A. Weber, H. Seidl, "On the degree of ambiguity of finite automata", 1991); a search begins at each character, so its
// beginning is such a state.
//   node scripts/check-expressions.mjs
//   node scripts/check-expressions.mjs '^(a+)+$'   what is said of one expression
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { automaton, parse } from './expressions.mjs';
import { PACKAGES, ROOT, filesBelow, packageFolder } from './workspace.mjs';

/** In place of what only a run knows: a text that is in no other place. */
const UNKNOWN = '\u0001';

/** The word that makes an expression go back, or undefined. */
export function goesBackOn(source, flags = '', isRepeated = /g/.test(flags)) {
  const nodes = automaton(parse(source, flags), flags);
  const inCycle = cycles(nodes);
  for (const node of nodes) {
    if (node.group === undefined || !inCycle.has(node.group)) continue;
    const word = exponential(node) ?? polynomial(node, nodes, inCycle, isRepeated);
    if (word !== undefined) return word;
  }
  return undefined;
}

/** Numbers the strongly connected parts of the edges that end no match (Tarjan), and returns those with an edge. */
function cycles(nodes) {
  const [stack, found] = [[], new Set()];
  let [count, groups] = [0, 0];
  const visit = (node) => {
    node.index = node.low = count++;
    stack.push(node);
    node.isOpen = true;
    for (const { to, isEnd } of node.edges) {
      if (isEnd) continue;
      if (to.index === undefined) visit(to);
      if (to.isOpen) node.low = Math.min(node.low, to.low);
    }
    if (node.low !== node.index) return;
    const members = stack.splice(stack.indexOf(node));
    for (const one of members) [one.isOpen, one.group] = [false, groups];
    if (members.length > 1 || node.edges.some(({ to, isEnd }) => to === node && !isEnd)) found.add(groups);
    groups += 1;
  };
  for (const node of nodes) if (node.index === undefined) visit(node);
  return found;
}

/** The word of a way through products of the automaton, from one tuple of nodes to another; `isLeft(edge, at)` leaves edges out. */
function way(from, isAim, isLeft) {
  const seen = new Set();
  const queue = [{ tuple: from, word: '' }];
  const keyOf = (tuple) => tuple.map(({ id }) => id).join();
  for (const { tuple, word } of queue) {
    for (const [symbol, tuples] of steps(tuple, isLeft)) {
      for (const next of tuples) {
        if (isAim(next)) return word + symbol;
        const key = keyOf(next);
        if (!seen.has(key)) queue.push({ tuple: next, word: word + symbol });
        seen.add(key);
      }
    }
  }
  return undefined;
}

function steps(tuple, isLeft) {
  const bySymbol = new Map();
  for (const [at, node] of tuple.entries()) {
    for (const edge of node.edges) {
      if (isLeft(edge, at)) continue;
      const lists = bySymbol.get(edge.symbol) ?? tuple.map(() => new Set());
      lists[at].add(edge.to);
      bySymbol.set(edge.symbol, lists);
    }
  }
  return [...bySymbol].map(([symbol, lists]) => [
    symbol,
    lists.reduce((rows, list) => rows.flatMap((row) => [...list].map((one) => [...row, one])), [[]]),
  ]);
}

/** One word leads from a node back to it on two ways. */
function exponential(node) {
  const isLeft = ({ to, isEnd }) => isEnd || to.group !== node.group;
  const twice = node.edges.find((edge) => edge.isTwice && !isLeft(edge));
  if (twice !== undefined) return twice.symbol;
  for (const [symbol, tuples] of steps([node, node], isLeft))
    for (const [one, other] of tuples) {
      if (one.id >= other.id) continue;
      const rest = way([one, other], (pair) => pair.every((each) => each === node), isLeft);
      if (rest !== undefined) return symbol + rest;
    }
  return undefined;
}

/** One word leads from a node to itself and to another one, and from that to itself. */
function polynomial(node, nodes, inCycle, isRepeated) {
  const onWay = reachedFrom(node, isRepeated);
  for (const other of nodes) {
    if (other === node || !inCycle.has(other.group) || !onWay.has(other)) continue;
    const isLeft = ({ to, isEnd }, at) =>
      (isEnd && !(isRepeated && at === 1)) || (at !== 1 && to.group !== (at === 0 ? node : other).group);
    const isAim = ([one, between, last]) => one === node && between === other && last === other;
    const word = way([node, node, other], isAim, isLeft);
    if (word !== undefined) return word;
  }
  return undefined;
}

function reachedFrom(node, isRepeated) {
  const found = new Set([node]);
  for (const one of found) for (const { to, isEnd } of one.edges) if (!isEnd || isRepeated) found.add(to);
  return found;
}

/** The expressions of a file: literals, and calls of `RegExp` whose text is in the file. */
export function expressionsIn(text) {
  const source = ts.createSourceFile('module.ts', text, ts.ScriptTarget.ES2022, true);
  const found = [];
  const add = (node, pattern, flags) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    const called = ts.isCallExpression(node.parent) && node.parent.expression.getText();
    const isRepeated = /g/.test(flags) || String(called).endsWith('.split');
    found.push({ line: line + 1, pattern, flags, isRepeated });
  };
  const visit = (node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      add(node, node.text.slice(1, end), node.text.slice(end + 1));
    } else if (ts.isNewExpression(node) && node.expression.getText() === 'RegExp') {
      const [pattern, flags] = node.arguments.map(textOf);
      add(node, pattern, flags?.replaceAll(UNKNOWN, '') ?? '');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textOf(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTaggedTemplateExpression(node)) return templateText(node.template, 'rawText');
  return ts.isTemplateExpression(node) ? templateText(node, 'text') : UNKNOWN;
}

function templateText(node, member) {
  if (!ts.isTemplateExpression(node)) return node[member];
  return node.head[member] + node.templateSpans.map(({ literal }) => UNKNOWN + literal[member]).join('');
}

export function checkExpressions() {
  const known = new Map();
  const wordOf = ({ pattern, flags, isRepeated }) => {
    if (!/[*+{]/.test(pattern)) return undefined;
    const key = `${pattern}/${flags}${isRepeated}`;
    if (!known.has(key)) known.set(key, goesBackOn(pattern, flags, isRepeated));
    return known.get(key);
  };
  return PACKAGES.flatMap(({ folder }) =>
    filesBelow(path.join(packageFolder(folder), 'src'), (file) => file.endsWith('.ts')).flatMap((file) => {
      const place = path.relative(ROOT, file).replaceAll(path.sep, '/');
      return expressionsIn(readFileSync(file, 'utf8')).flatMap((one) => {
        const word = wordOf(one);
        return word === undefined
          ? []
          : [`${place}:${one.line}: /${one.pattern}/${one.flags} goes back on ${JSON.stringify(word)} repeated.`];
      });
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [one, flags] = process.argv.slice(2);
  if (one !== undefined) console.log(goesBackOn(one, flags) ?? 'It does not go back.');
  else {
    const problems = checkExpressions();
    for (const problem of problems) console.error(problem);
    if (problems.length > 0) process.exit(1);
    console.log('No regular expression goes back.');
  }
}
