// Holds the direction of dependencies (docs/contributing/architecture.md) and that every import is declared.
//   node scripts/check-imports.mjs
import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  alibabaProblem,
  circleOfFiles,
  circles,
  layerProblem,
  placeInPackage,
  plansProblem,
  simulatorPlace,
  simulatorProblem,
} from './layers.mjs';
import { sharedWithCore } from './witnesses.mjs';
import { PACKAGES, ROOT, filesBelow, packageFolder, readJson } from './workspace.mjs';

/** Folders of the simulated AWS whose operations, rules and rows use the types of the SDK only. */
const AWS_AREAS = [
  'acm',
  'api-gateway',
  'cloud-map',
  'direct-connect',
  'ec2',
  'http-apis/control',
  'load-balancing',
  'network-insights',
  'operation',
  'rest-apis/control',
  'service-quotas',
  'sts',
];

/** What connects through a proxy: loaded where a variable names one. */
const PROXY = ['agent-base', 'http-proxy-agent', 'https-proxy-agent', 'proxy-from-env'];

/** The hand-over between two products of Alibaba Cloud. It loads no SDK. */
const HANDOVER = '@postern/alibaba/internal/handover';

/** The adapter of Alibaba Cloud. The vendor's client is a development dependency, which is bundled. */
const ALIBABA = {
  below: 'alibaba/src',
  bundles: true,
  may: ['@postern/core', '@alicloud/', 'yaml', 'node:'],
  lazily: ['@alicloud/', 'yaml'],
  devTypes: ['@alicloud/cloudapi20160714', '@alicloud/ecs20140526', '@alicloud/vpc20160428'],
};

/**
 * For each place, longest path first: what may be imported besides relative files; what of it by types only, or on first use
 * only; and of which development dependencies the types.
 */
const RULES = [
  {
    below: 'alibaba/src/client/proxy',
    may: ['@postern/core', '@alicloud/', 'node:'],
    lazily: ['@alicloud/'],
    bundles: true,
  },
  { below: 'core/src/spec', may: ['zod', 'yaml'] },
  { below: 'core/src/overlay', may: ['yaml'] },
  { below: 'core/src/node', may: ['node:', ...PROXY] },
  { below: 'core/src', may: [] },
  {
    below: 'aws/src',
    may: ['@postern/core', '@aws-sdk/', '@smithy/', 'node:'],
    lazily: ['@aws-sdk/', '@smithy/', 'node:'],
  },
  {
    below: 'simulator/src',
    may: ['@postern/core', '@aws-sdk/', '@smithy/', '@aws-crypto/', 'nock', 'ws', 'node:'],
  },
  { below: 'cdk/src', may: ['@postern/core', '@postern/aws', 'node:'] },
  { below: 'fleet/src/config', may: ['@postern/core', 'croner', 'tinyglobby', 'zod', 'node:'] },
  // Its code is loaded by a worker that carries out a hand-over.
  {
    below: 'fleet/src/handover',
    may: ['@postern/core', HANDOVER, '@restatedev/restate-sdk', 'zod', 'node:'],
    lazily: [HANDOVER],
  },
  { below: 'fleet/src', may: ['@postern/core', '@restatedev/restate-sdk', 'zod', 'yaml', 'node:'] },
  // Loaded for a scenario that is a hand-over.
  { below: 'testing/src/harness/handover', may: ['@postern/core', '@postern/simulator', HANDOVER] },
  {
    below: 'testing/src',
    may: ['@postern/core', '@postern/simulator', 'vitest'],
  },
  ...AWS_AREAS.map((area) => ({
    below: `simulator/src/aws/${area}`,
    may: ['@postern/core', '@aws-sdk/', 'node:crypto'],
    typesOnly: ['@aws-sdk/'],
  })),
  // Documents of OpenAPI are YAML, too.
  {
    below: 'simulator/src/aws/rest-apis/control/open-api',
    may: ['@postern/core', '@aws-sdk/', 'yaml'],
    typesOnly: ['@aws-sdk/'],
  },
  { below: 'simulator/src/alibaba', may: ['@postern/core', 'yaml', 'node:', '@alicloud/'], devTypes: ['@alicloud/'] },
  // Reads, judges and decides. Its part `driver` alone loads the SDK, as the rest of the adapter.
  { below: 'alibaba/src/traditional/handover', may: ['@postern/core', 'node:'], lazily: ['node:'] },
  { ...ALIBABA, below: 'alibaba/src/traditional/handover/driver' },
  // The value of a cloud: plain data and rules, without an SDK.
  { below: 'aws/src/cloud', may: ['@postern/core'] },
  ...['http-apis', 'rest-apis', 'vpc-links'].flatMap((wing) =>
    ['cloud', 'plans', 'planner.ts'].map((room) => ({ below: `aws/src/${wing}/${room}`, may: ['@postern/core'] })),
  ),
  { below: 'alibaba/src/cloud', may: ['@postern/core'] },
  ...['traditional', 'cloud-native'].flatMap((wing) =>
    ['cloud', 'plans', 'planner.ts'].map((room) => ({ below: `alibaba/src/${wing}/${room}`, may: ['@postern/core'] })),
  ),
  // What types of foreign plans become: tables and functions of values.
  { below: 'aws/src/plans', may: ['@postern/core'] },
  { below: 'alibaba/src/plans', may: ['@postern/core'] },
  // Options and prices: tables.
  { below: 'aws/src/planner', may: ['@postern/core'] },
  { below: 'alibaba/src/planner', may: ['@postern/core'] },
  ALIBABA,
  {
    below: 'cli/src',
    may: ['*'],
    // Its development dependencies are inside the bundle.
    bundles: true,
    loadsNoSdk: [HANDOVER],
    lazily: [
      '@jmespath-community/jmespath',
      '@postern/aws',
      '@postern/alibaba',
      '@postern/simulator',
      'listr2',
      'yaml',
      'jiti',
      '@clack/prompts',
      'lilconfig',
      '@viz-js/viz',
    ],
  },
].sort((a, b) => b.below.length - a.below.length);

const INTERNAL = /^@postern\/\w+\/internal\//;

/** Runs programs of users, which get public entries. */
const GIVES_ENTRIES = 'cli/src/spec/run-program.ts';

/** What core judges by. The simulated clouds are the second witness. */
const RULES_OF_CORE = ['@postern/core/internal/kinds'];

const IMPORT =
  /(?:^|[\s;}])(import|export)(\s+type)?\s+(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|(import)\(\s*['"]([^'"]+)['"]\s*,?\s*\)/g;
const stripComments = (text) =>
  text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' ')).replace(/^\s*\/\/.*$/gm, '');

export function importsOf(text) {
  return [...stripComments(text).matchAll(IMPORT)].map((match) => ({
    specifier: match[3] ?? match[5],
    typeOnly: match[2] !== undefined,
    // `import('x').T` in a type position is erased as well; only awaited or returned calls load anything.
    lazy: match[4] !== undefined,
  }));
}

const packageName = (specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
const fits = (specifier, list) =>
  list.some(
    (one) =>
      one === '*' ||
      (one.endsWith('/') || one.endsWith(':')
        ? specifier.startsWith(one)
        : specifier === one || specifier.startsWith(`${one}/`)),
  );

const placeOf = (file) => path.relative(path.join(ROOT, 'packages'), file).replaceAll(path.sep, '/');

/** What a file imports of another package by a path: a build copies that code, so that each of its classes and tables exists twice. */
export function strayPaths(file, text) {
  const [own] = placeOf(file).split('/');
  return importsOf(text).flatMap(({ specifier }) => {
    if (!specifier.startsWith('.')) return [];
    const [other] = placeOf(path.resolve(path.dirname(file), specifier)).split('/');
    if (other === own || other === '..') return [];
    return [`${path.relative(ROOT, file)}: ${specifier}: import an entry of ${other} by its name`];
  });
}

/** `bundled` are the development dependencies. */
export function problemsOf(file, text, declared, bundled = new Set()) {
  const place = placeOf(file);
  const rule = RULES.find(({ below }) => place === below || place.startsWith(`${below}/`));
  if (!rule) return [];
  const problems = [];
  for (const { specifier, typeOnly, lazy } of importsOf(text)) {
    if (specifier.startsWith('.')) continue;
    if (!INTERNAL.test(specifier) && fits(specifier, ['@postern/core']) && place !== GIVES_ENTRIES)
      problems.push(`${specifier}: packages of Postern import @postern/core/internal/*`);
    if (place.startsWith('simulator/src/') && fits(specifier, RULES_OF_CORE))
      problems.push(`${specifier}: a simulated cloud finds out by itself what core judges by`);
    if (!fits(specifier, rule.may))
      problems.push(`${specifier}: ${rule.below} may import ${rule.may.join(', ') || 'nothing'}`);
    if (rule.typesOnly && fits(specifier, rule.typesOnly) && !typeOnly)
      problems.push(`${specifier}: only its types (import type)`);
    if (fits(specifier, rule.lazily ?? []) && !fits(specifier, rule.loadsNoSdk ?? []) && !typeOnly && !lazy)
      problems.push(`${specifier}: load it on first use, by import()`);
    if (rule.devTypes && fits(specifier, rule.devTypes)) {
      // Types of a development dependency are erased; the packed packages are compiled without it.
      if (!typeOnly) problems.push(`${specifier}: only its types (import type)`);
      continue;
    }
    const builtin = specifier.startsWith('node:') || builtinModules.includes(specifier);
    const inside = rule.bundles && bundled.has(packageName(specifier));
    if (!builtin && !inside && !declared.has(packageName(specifier)))
      problems.push(`${specifier}: not declared in package.json`);
  }
  return [...strayPaths(file, text), ...problems.map((problem) => `${path.relative(ROOT, file)}: ${problem}`)];
}

/** All imports of a package's `src`: the file, what it imports (a file, from `src`, or a package), and the import. */
function importsBelow(folder) {
  const src = path.join(packageFolder(folder), 'src');
  const place = (file) => path.relative(src, file).replaceAll(path.sep, '/');
  const target = (file, specifier) =>
    specifier.startsWith('.') ? place(path.resolve(path.dirname(file), specifier.replace(/\.js$/, '.ts'))) : specifier;
  return filesBelow(src, (file) => file.endsWith('.ts')).flatMap((file) =>
    importsOf(readFileSync(file, 'utf8')).map((one) => [place(file), target(file, one.specifier), one]),
  );
}

/** What is wrong between the folders of core, between those of the simulator, and between what is in the package of a cloud and its adapter. */
export function checkLayers() {
  return [
    ...layersBelow('core', layerProblem, (file) => file),
    ...layersBelow('simulator', simulatorProblem, simulatorPlace),
    ...layersBelow('aws', plansProblem, placeInPackage),
    ...layersBelow('alibaba', alibabaProblem, placeInPackage),
  ];
}

function layersBelow(folder, problemOf, placeOf) {
  const imports = importsBelow(folder).filter(([, , { specifier }]) => specifier.startsWith('.'));
  const problems = imports.flatMap(([file, target]) => {
    const problem = problemOf(file, target);
    return problem ? [`packages/${folder}/src/${file}: ${target}: ${problem}`] : [];
  });
  const places = imports.map(([file, target]) => [placeOf(file), placeOf(target)]).filter(([from, to]) => from !== to);
  return [...problems, ...circles(places).map((circle) => `packages/${folder}/src: folders in a circle: ${circle}`)];
}

/** Files that import each other in a circle, in any package: imports of types count, and so does what is loaded later. */
function checkCircles() {
  return PACKAGES.flatMap(({ folder }) => {
    const circle = circleOfFiles(importsBelow(folder).filter(([, , { specifier }]) => specifier.startsWith('.')));
    return circle === undefined ? [] : [`packages/${folder}/src: files in a circle: ${circle}`];
  });
}

/** Where what decides in the simulated clouds runs code of core. */
export function checkWitnesses() {
  const values = importsBelow('simulator').filter(([, , { typeOnly }]) => !typeOnly);
  return sharedWithCore(values).map((way) => `packages/simulator/src: connects shares code with core: ${way}`);
}

/** What users copy imports public entries only. */
function checkUsersImports() {
  const below = ['examples', 'scripts/consumer', 'docs'].flatMap((folder) =>
    filesBelow(path.join(ROOT, folder), (file) => /\.(?:[cm]?[jt]s|md)$/.test(file) && !file.includes('decisions')),
  );
  const readmes = PACKAGES.map(({ folder }) => path.join(packageFolder(folder), 'README.md'));
  return [...below, ...readmes, path.join(ROOT, 'README.md')].flatMap((file) =>
    importsOf(readFileSync(file, 'utf8'))
      .filter(({ specifier }) => INTERNAL.test(specifier))
      .map(({ specifier }) => `${path.relative(ROOT, file)}: ${specifier}: users import public entries`),
  );
}

export function checkImports() {
  return [
    ...checkPackages(),
    ...checkUsersImports(),
    ...checkTestsOfCore(),
    ...checkLayers(),
    ...checkCircles(),
    ...checkWitnesses(),
  ];
}

/**
 * Core depends on no other package. Its tests use the values of real clouds, which have no SDK and need core alone: one that was
 * made for tests would test less. All else of several packages is tested in the higher one.
 */
const VALUES = /^@postern\/(?:aws|alibaba)\/cloud$/;

function checkTestsOfCore() {
  return filesBelow(path.join(packageFolder('core'), 'test'), (file) => file.endsWith('.ts')).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const named = importsOf(text).filter(
      ({ specifier }) => /^@postern\/(?!core(?:\/|$))/.test(specifier) && !VALUES.test(specifier),
    );
    const problems = named.map(({ specifier }) => `${path.relative(ROOT, file)}: ${specifier}: above core`);
    return [...strayPaths(file, text), ...problems];
  });
}

function checkPackages() {
  return PACKAGES.flatMap(({ folder, name }) => {
    const manifest = readJson(path.join(packageFolder(folder), 'package.json'));
    const declared = new Set([name, ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })]);
    const bundled = new Set(Object.keys(manifest.devDependencies ?? {}));
    return filesBelow(path.join(packageFolder(folder), 'src'), (file) => file.endsWith('.ts')).flatMap((file) =>
      problemsOf(file, readFileSync(file, 'utf8'), declared, bundled),
    );
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = checkImports();
  for (const problem of problems.slice(0, 20)) console.error(problem);
  if (problems.length) {
    console.error(
      `${problems.length} imports point the wrong way. docs/contributing/architecture.md says which way is right.`,
    );
    process.exit(1);
  }
  console.log('Imports point the right way.');
}
