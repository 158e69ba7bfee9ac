// The layers of core (docs/architecture.md): which folder may import from which, and that no folders or files form a circle.
import path from 'node:path';

/** Lowest first: a folder, or a file beside the folders, imports from lower layers only. */
const LAYERS = [
  ['error-codes', 'json', 'clock'],
  ['remedies'],
  ['errors'],
  ['hash', 'cidr', 'clocks'],
  ['model'],
  ['text'],
  ['forms'],
  ['calls'],
  ['snapshot', 'group-rules', 'move-driver'],
  ['kinds', 'driver'],
  ['input'],
  ['world', 'drivers', 'context'],
  ['findings', 'allowlist'],
  ['path', 'plan', 'probe'],
  ['checks', 'snapshot-diff', 'observe'],
  ['report'],
  ['judge'],
  ['apply'],
  ['migrate', 'decode', 'imperative', 'planner', 'graph'],
  ['moves'],
  ['spec', 'node', 'private-integrations', 'adapter'],
  ['index'],
];

/** Judgments, differences and moves do not know each other, whatever their layers; the adapters' entry loads none of them. */
const APART = {
  checks: ['plan'],
  migrate: ['plan'],
  adapter: ['checks', 'path', 'report', 'migrate', 'moves', 'private-integrations'],
};

/** Folders of which others import only these files. */
const ENTRY_FILES = { checks: ['define-check', 'explain', 'registry', 'run'] };

const rank = new Map(LAYERS.flatMap((layer, at) => layer.map((one) => [one, at])));
const roomOf = (file) => file.split('/')[0].replace(/\.ts$/, '');

/** What is wrong with one import, both files given from core/src: a sentence, or undefined. */
export function layerProblem(file, target) {
  const [from, to] = [roomOf(file), roomOf(target)];
  if (from === to) return undefined;
  if (!rank.has(from)) return `core/src/${from} has no layer: name it in scripts/layers.mjs`;
  if (rank.get(to) >= rank.get(from)) return `${from} is not above ${to}`;
  if (APART[from]?.includes(to)) return `of ${to}, ${from} imports nothing`;
  const entryFiles = ENTRY_FILES[to];
  if (entryFiles && from !== 'index' && !entryFiles.includes(path.posix.basename(target, '.ts')))
    return `of ${to}, others import ${entryFiles.join(', ')} only`;
  return undefined;
}

/** Folders side by side in one folder that import each other, in a circle: `path: routes → balancers → routes`. */
export function circles(imports) {
  const edges = new Map();
  for (const [file, target] of imports) {
    const [a, b] = [file.split('/'), target.split('/')];
    let at = 0;
    while (a[at] === b[at]) at += 1;
    if (at >= a.length - 1 || at >= b.length - 1) continue;
    const key = a.slice(0, at).join('/');
    const graph = edges.get(key) ?? edges.set(key, new Map()).get(key);
    (graph.get(a[at]) ?? graph.set(a[at], new Set()).get(a[at])).add(b[at]);
  }
  return [...edges].flatMap(([parent, graph]) => {
    const circle = circleIn(graph);
    return circle ? [`${parent || 'src'}: ${circle.join(' → ')}`] : [];
  });
}

/** The first files that import each other in a circle, types included: `path/a.ts → path/b.ts → path/a.ts`. */
export function circleOfFiles(imports) {
  const graph = new Map();
  for (const [file, target] of imports) (graph.get(file) ?? graph.set(file, new Set()).get(file)).add(target);
  return circleIn(graph)?.join(' → ');
}

function circleIn(graph) {
  const done = new Set();
  const visit = (folder, way) => {
    if (way.includes(folder)) return [...way.slice(way.indexOf(folder)), folder];
    if (done.has(folder)) return undefined;
    done.add(folder);
    for (const next of graph.get(folder) ?? []) {
      const circle = visit(next, [...way, folder]);
      if (circle) return circle;
    }
    return undefined;
  };
  for (const folder of graph.keys()) {
    const circle = visit(folder, []);
    if (circle) return circle;
  }
  return undefined;
}
