// The books of core and the layers inside them (docs/architecture.md): what may import what, and that no folders or files form a circle.
import path from 'node:path';

/** What each book may import besides itself. `entries` and `index` are what users import. */
const BOOKS = {
  ground: [],
  cidr: ['ground'],
  do: ['ground', 'cidr'],
  check: ['ground', 'cidr', 'do'],
  moves: ['ground', 'cidr', 'do', 'check'],
  planner: ['ground', 'cidr', 'do'],
  decode: ['ground', 'do'],
  spec: ['ground', 'cidr', 'do', 'planner', 'decode'],
  node: ['ground', 'do', 'moves', 'decode'],
  entries: ['ground', 'cidr', 'do', 'check', 'moves', 'planner', 'decode', 'spec', 'node'],
  index: ['ground', 'do'],
};

/** Inside a book, lowest first: a folder, or a file beside the folders, imports from lower layers only. */
const LAYERS = {
  ground: [['error-codes', 'json', 'clock'], ['remedies'], ['errors'], ['hash', 'clocks'], ['text'], ['calls']],
  do: [
    ['forms'],
    ['model'],
    ['words'],
    ['snapshot', 'group-rules', 'move-driver'],
    ['kinds', 'driver'],
    ['input'],
    ['world', 'drivers', 'context'],
    ['findings', 'allowlist'],
    ['plan', 'probe'],
    ['snapshot-diff', 'observe'],
    ['apply'],
    ['imperative', 'adapter'],
    ['private-integrations'],
  ],
  check: [['path'], ['checks'], ['report'], ['judge', 'graph']],
};

/** Judgments and validations do not know plans, whatever their layers. */
const APART = [
  ['check/checks/', 'do/plan/'],
  ['moves/validate/', 'do/plan/'],
];

/** Folders of which others import only these files. */
const ENTRY_FILES = { 'check/checks': ['define-check', 'explain', 'registry', 'run'] };

/** The book of a file, and its folder (or its own name) in that book. */
function placeOf(file) {
  const [book = '', room = ''] = file.split('/');
  return { book: book.replace(/\.ts$/, ''), room: room.replace(/\.ts$/, '') };
}

/** What is wrong with one import, both files given from core/src: a sentence, or undefined. */
export function layerProblem(file, target) {
  const [from, to] = [placeOf(file), placeOf(target)];
  for (const { book } of [from, to])
    if (!BOOKS[book]) return `core/src/${book} is not a book: name it in scripts/layers.mjs`;
  const apart = APART.find(([a, b]) => file.startsWith(a) && target.startsWith(b));
  if (apart) return `of ${apart[1]}, ${apart[0]} imports nothing`;
  const folder = `${to.book}/${to.room}`;
  const entryFiles = ENTRY_FILES[folder];
  if (entryFiles && !file.startsWith(`${folder}/`) && !file.startsWith('entries/')) {
    if (!entryFiles.includes(path.posix.basename(target, '.ts')))
      return `of ${folder}, others import ${entryFiles.join(', ')} only`;
  }
  if (from.book !== to.book)
    return BOOKS[from.book].includes(to.book) ? undefined : `${from.book} imports nothing of ${to.book}`;
  const layers = LAYERS[from.book];
  if (!layers || from.room === to.room) return undefined;
  const rank = (room) => layers.findIndex((layer) => layer.includes(room));
  if (rank(from.room) < 0) return `core/src/${from.book}/${from.room} has no layer: name it in scripts/layers.mjs`;
  return rank(to.room) < rank(from.room) ? undefined : `${from.book}: ${from.room} is not above ${to.room}`;
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
