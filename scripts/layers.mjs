// The books of core, the areas of the simulated clouds and their layers (docs/contributing/architecture.md): what may import what, and that no
// folders or files form a circle.
import path from 'node:path';

/** What users import first loads nothing else. What each book may import, its references in `tsconfig.json` say, and the compiler holds. */
const INDEX = ['ground', 'do'];

/** Inside a book, lowest first: a folder, or a file beside the folders, imports from lower layers only. */
const LAYERS = {
  ground: [
    ['error-codes', 'json', 'clock'],
    ['remedies', 'error-details'],
    ['errors'],
    ['hash', 'ports', 'clocks'],
    ['text'],
    ['calls'],
    ['telemetry'],
  ],
  do: [
    ['forms'],
    ['model'],
    ['words'],
    ['snapshot', 'group-rules', 'move-driver'],
    ['kinds'],
    ['spec'],
    ['abilities', 'hidden-values'],
    ['driver'],
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
  overlay: [
    ['declared'],
    ['terraform', 'cloudformation', 'pulumi'],
    ['draft', 'acts'],
    ['rows'],
    ['lay'],
    ['carry', 'templates'],
    ['judge', 'import', 'export'],
  ],
};

/** The same for the hand-over, packages/alibaba/src/traditional/handover. `driver` calls the cloud; what is below it calls nothing. */
const HANDOVER = [
  ['source', 'mapping'],
  ['assess'],
  ['report', 'plan', 'audit'],
  ['run'],
  ['prove'],
  ['switch'],
  ['finish', 'witness-of', 'execute-handover'],
  ['driver'],
  ['index'],
  ['internal'],
];

/** The same for the simulator, below packages/simulator/src: `''` has the top folders. */
const SIMULATOR = {
  '': [
    ['simulation'],
    ['aws', 'alibaba'],
    ['quotas-of', 'load-snapshot', 'simulate-options'],
    ['simulate'],
    ['plan-twin'],
    ['index'],
    ['internal'],
  ],
  simulation: [
    ['remembered', 'open-questions', 'wire'],
    ['addresses'],
    ['blocks'],
    ['time'],
    ['traffic'],
    ['world'],
    ['dispatch'],
    ['http'],
  ],
  aws: [
    ['state'],
    ['operation'],
    ['ec2'],
    [
      'acm',
      'api-gateway',
      'cloud-map',
      'direct-connect',
      'iam',
      'load-balancing',
      'logs',
      'route53',
      'service-quotas',
      'sts',
    ],
    ['connects'],
    ['auto-scaling', 'network-insights'],
    ['ecs'],
    ['rest-apis'],
    ['http-apis'],
    ['traffic'],
    ['protocols', 'signature', 'simulated-clients'],
    ['services', 'service-table', 'input-shapes'],
    ['dispatch', 'plant'],
    ['twin', 'data-path', 'planted-form'],
    ['gate'],
    ['in-process', 'wire-door'],
    ['aws-cloud'],
  ],
  alibaba: [
    ['state'],
    ['operation'],
    ['vpc'],
    ['alidns', 'cms', 'ecs', 'slb', 'vpc-peer', 'ram', 'sts'],
    ['connects'],
    ['cloud-native', 'traditional'],
    ['callers'],
    ['traffic'],
    ['known-actions'],
    ['request', 'plant'],
    ['signature', 'services'],
    ['dispatch'],
    ['throttle', 'twin', 'data-path', 'apig-data-path'],
    ['gateway-calls'],
    ['gate'],
    ['doors'],
    ['in-process', 'wire-door'],
    ['alibaba-cloud'],
  ],
};

/** Judgments and validations do not know plans, whatever their layers. */
const APART = [
  ['check/checks/', 'do/plan/'],
  ['moves/validate/', 'do/plan/'],
];

/** Folders of which others import only these files. */
const ENTRY_FILES = { 'check/checks': ['define-check', 'explain', 'registry', 'run', 'path/outcomes'] };

/** The book of a file, and its folder (or its own name) in that book. */
function placeOf(file) {
  const [book = '', room = ''] = file.split('/');
  return { book: book.replace(/\.ts$/, ''), room: room.replace(/\.ts$/, '') };
}

/** What is wrong with one import, both files given from core/src: a sentence, or undefined. */
export function layerProblem(file, target) {
  const [from, to] = [placeOf(file), placeOf(target)];
  const apart = APART.find(([a, b]) => file.startsWith(a) && target.startsWith(b));
  if (apart) return `of ${apart[1]}, ${apart[0]} imports nothing`;
  const folder = `${to.book}/${to.room}`;
  const entryFiles = ENTRY_FILES[folder];
  if (entryFiles && !file.startsWith(`${folder}/`) && !/^(?:entries|internal)\//.test(file)) {
    if (!entryFiles.includes(path.posix.relative(folder, target).replace(/\.ts$/, '')))
      return `of ${folder}, others import ${entryFiles.join(', ')} only`;
  }
  if (from.book !== to.book)
    return from.book === 'index' && !INDEX.includes(to.book) ? `index imports nothing of ${to.book}` : undefined;

  return rankProblem(LAYERS[from.book], 'core', from.book, [from.room, to.room]);
}

/**
 * The same for one import of the simulator, both files given from its src. The rows of an area, its files `state.ts`, count as
 * the folder `state` of their cloud: they are types, which `state/aws-state.ts` collects for all areas.
 */
export function simulatorProblem(file, target) {
  if (isOfOtherProduct(file, target)) return 'the products of the simulated Alibaba Cloud import nothing of each other';
  const [from, to] = [simulatorPlace(file), simulatorPlace(target)].map(placeOf);
  if (from.book !== to.book) return rankProblem(SIMULATOR[''], 'simulator', '', [from.book, to.book]);
  return rankProblem(SIMULATOR[from.book], 'simulator', from.book, [from.room, to.room]);
}

/** Folders of the package of a cloud that are entries of their own, and load no SDK: what of the package each may import. */
const OF_USERS = { plans: ['cloud'], planner: ['cloud'] };

/** The value of the cloud, and what each product adds to it: all others in the package may import it, and it imports none of them. */
const VALUE = 'cloud';

/** The wings: a folder for each product in the package of a cloud. Of a wing others import its door alone, so that it can be deleted. */
const WINGS = ['http-apis', 'rest-apis', 'vpc-links', 'cloud-native', 'traditional'];

/**
 * What still imports other files of a wing than its door, by the wing: files, and folders with a slash at the end. The list gets shorter. The
 * hand-over leads from one product to the other, and ends with the first.
 */
const STILL = {
  'cloud-native': ['traditional/handover/'],
};

/** The folder `door` of a wing has a file for each entry of the package, and for what it loads later. */
const DOORS = {
  cloud: 'cloud',
  keys: 'cloud',
  checks: 'cloud',
  permissions: 'cloud',
  plans: 'plans',
  planner: 'planner',
};

const wingOf = (file) => WINGS.find((wing) => file.startsWith(`${wing}/`));

/** What is wrong with an import between a wing and the rest of its package. */
export function doorProblem(file, target) {
  const wing = wingOf(target);
  if (wing === undefined || wing === wingOf(file) || target.startsWith(`${wing}/door/`)) return undefined;
  if (STILL[wing]?.some((one) => file === one || (one.endsWith('/') && file.startsWith(one)))) return undefined;
  return `of the wing ${wing}, others import ${wing}/door alone`;
}

/**
 * The place of a file of a cloud's package. What a wing has for an entry of its own (`rest-apis/plans/rows.ts`, `rest-apis/door/plans.ts`)
 * counts as a folder of that entry, `plans/rest-apis`; all other files of the driver are one place, and so is the hand-over.
 */
export function placeInPackage(file) {
  const wing = wingOf(file);
  if (wing === undefined) return /^(?:cloud|planner|plans)\//.test(file) ? file : 'adapter';
  const [, room = '', ...path] = file.split('/');
  if (room === 'door') {
    const entry = DOORS[path[0].replace(/\.ts$/, '')];
    return entry === undefined ? 'adapter' : `${entry}/${wing}/door.ts`;
  }
  if (room === 'handover') return [room, ...path].join('/');
  if (room === 'planner.ts') return `planner/${wing}/${room}`;
  return ['cloud', 'plans'].includes(room) ? [room, wing, ...path].join('/') : 'adapter';
}

const placeInCloud = (file) => placeOf(placeInPackage(file));

/** The same for those folders, both files given from the src of the package of a cloud: nothing of the package imports them. */
export function plansProblem(file, target) {
  const door = doorProblem(file, target);
  if (door !== undefined) return door;
  const [from, to] = [file, target].map((one) => placeInCloud(one).book);
  if (from === to) return undefined;
  if (from === VALUE) return 'the value of the cloud imports nothing else of its package';
  if (Object.hasOwn(OF_USERS, to)) return `only users import ${to}`;
  if (!Object.hasOwn(OF_USERS, from) || OF_USERS[from].includes(to)) return undefined;
  return `${from} import nothing of the adapter`;
}

/**
 * The same for one import of the adapter of Alibaba Cloud, both files given from its src: the driver knows nothing of the hand-over,
 * which is put away after the end of its service, and of the hand-over only `driver` knows the adapter, which loads the SDK.
 */
export function alibabaProblem(file, target) {
  const [from, to] = [placeInCloud(file), placeInCloud(target)];
  const plans = plansProblem(file, target);
  if (plans !== undefined) return plans;
  const [isFrom, isTo] = [from.book === 'handover', to.book === 'handover'];
  if (isFrom && isTo) {
    const problem = rankProblem(HANDOVER, 'alibaba', 'handover', [from.room, to.room]);
    return problem?.replace('src/handover', 'src/traditional/handover');
  }
  if (isTo) return 'the adapter imports nothing of the hand-over';
  return isFrom && from.room !== 'driver' && to.book !== VALUE
    ? 'of the adapter, handover/driver alone imports'
    : undefined;
}

/** A simulated product is one tree: its calls (`control`), the calls that it serves, and how it is made from a snapshot. */
const PRODUCT = /^(aws|alibaba)\/(rest-apis|http-apis|traditional|cloud-native)\/(control|served|twin)\//;
/** Whether both are of simulated products of Alibaba Cloud, of different ones: one ends, and the other stays. AWS's share domains. */
function isOfOtherProduct(file, target) {
  const [[, cloud, from] = [], [, , to] = []] = [PRODUCT.exec(file) ?? [], PRODUCT.exec(target) ?? []];
  return cloud === 'alibaba' && to !== undefined && from !== to;
}

/** The layer of each part: that of its product, or one of all products. */
const PART = { control: '', served: 'traffic/', twin: 'twin/' };

/** A file by its layer: `aws/ec2/vpn/state.ts` is `aws/state/ec2/vpn.ts`, `aws/rest-apis/served/usage.ts` is `aws/traffic/rest-apis/usage.ts`. */
export const simulatorPlace = (file) =>
  file
    .replace(PRODUCT, (_, cloud, product, part) => `${cloud}/${PART[part]}${product}/`)
    .replace(/^(aws|alibaba)\/(.+)\/state\.ts$/, '$1/state/$2.ts');

function rankProblem(layers, source, book, [from, to]) {
  if (!layers || from === to) return undefined;
  const rank = (room) => layers.findIndex((layer) => layer.includes(room));
  if (rank(from) < 0)
    return `${path.posix.join(source, 'src', book, from)} has no layer: name it in scripts/layers.mjs`;
  return rank(to) < rank(from) ? undefined : `${book || source}: ${from} is not above ${to}`;
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

/** A file of fewer lines than this needs two importers, an entry or a table of an `index.ts` that names it, or a lazy import. */
export const ROOM = 60;

/**
 * Files that are corners of another room: shorter than {@link ROOM} and imported by a single file. `files` is each file with its
 * number of lines and what it imports.
 */
export function corners(files) {
  const importers = new Map([...files.keys()].map((file) => [file, new Set()]));
  const isLazy = new Set();
  for (const [file, { imports }] of files) {
    for (const { target, lazy } of imports) {
      importers.get(target)?.add(file);
      if (lazy) isLazy.add(target);
    }
  }
  return [...files].flatMap(([file, { lines }]) => {
    const [only, ...others] = importers.get(file);
    const isRow = only === undefined || /(?:^|\/)(?:index|(?:entries|internal)\/[^/]+|[^/]+\.d)\.ts$/.test(only);
    const isTable = path.basename(file) === 'index.ts';
    return lines < ROOM && others.length === 0 && !isRow && !isTable && !isLazy.has(file) ? [{ file, only }] : [];
  });
}
