// The checks of `npm test` and of `npm run verify` that are not tests: each has a name and a function that throws, or returns problems,
// when it fails.
import path from 'node:path';
import { build, declare } from './build.mjs';
import { checkDearFiles, measureMachine } from './dear-files.mjs';
import { checkDocs } from './check-docs.mjs';
import { checkImports } from './check-imports.mjs';
import { checkPublicNames } from './public-names.mjs';
import { node } from './child.mjs';
import { checkState } from './check-state.mjs';
import { PACKAGE_PROJECTS, checkTypes } from './declarations.mjs';
import { SCREENS, checkScreen } from './screens.mjs';
import { checkHistory } from './history.mjs';
import { checkFormat, checkWholeFormat } from './format.mjs';
import { packedOn } from './packed-on.mjs';
import { checkProofs } from './proofs.mjs';
import { checkProductionPackages } from './production-packages.mjs';
import { checkRatchets } from './ratchets.mjs';
import { toolEntry } from './run.mjs';
import { ROOT, readJson } from './workspace.mjs';

const tool = (name, ...args) => node([toolEntry(name), ...args]);

/** A check that computes much is a process of its own, or no other could start meanwhile. */
const script = (name, ...args) => node([path.join(ROOT, 'scripts', `${name}.mjs`), ...args]);

/** The name of the tests among the checks. */
export const TESTS = 'tests';

const TYPES = 'types of every package (tsc)';
const BUILDS = 'every package builds';
const DECLARATIONS = 'declarations of every package';
const PACKED = 'packed packages compile and run, publint';

/** What is left without each wing compiles and passes the linter (docs/decisions/0037). One after the other: each compiles everything. */
const WITHOUT = Object.keys(readJson(path.join(ROOT, 'scripts/wings.json'))).map((wing, at, all) => ({
  name: withoutWing(wing),
  after: [TYPES, ...(at > 0 ? [withoutWing(all[at - 1])] : [])],
  run: () => script('without-wing', wing),
}));

function withoutWing(wing) {
  return `all that is left without the wing ${wing} compiles and passes the linter`;
}

const types = { name: TYPES, affected: true, run: () => checkTypes(PACKAGE_PROJECTS) };
const builds = { name: BUILDS, affected: true, run: () => build({ quiet: true }) };

/**
 * Of `npm test`. In the order in which they are best started, two at a time: first what others wait for, and what takes long. `after` names
 * the checks that have to pass before; `affected`, that it is a part of `npm run affected`.
 */
export const loopChecks = (tests, slower = measureMachine()) => [
  types,
  builds,
  { name: 'types of tests and examples (tsc)', affected: true, after: [TYPES], run: () => checkTypes(['.']) },
  { name: 'format (prettier; what has changed)', run: checkFormat },
  { name: 'lint (oxlint)', affected: true, run: () => tool('oxlint', '--deny-warnings') },
  { name: 'imports point the right way', affected: true, run: checkImports },
  { name: 'public names are few, and used', run: checkPublicNames },
  { name: 'no module keeps state', run: checkState },
  { name: 'no regular expression goes back', run: () => script('check-expressions') },
  { name: 'counts that may only fall', run: checkRatchets },
  { name: 'titles of new commits; limits fall', run: checkHistory },
  { name: 'documentation is current', run: () => checkDocs({ write: false }) },
  { name: 'no file of tests is too dear', after: [TESTS], run: () => checkDearFiles(tests.files, slower()) },
];

/**
 * Of `npm run verify`. Examples follow one after the other: they show what takes how long. `npm run docs` is in the tests of the built site.
 */
export const verifyChecks = () => [
  builds,
  types,
  { name: DECLARATIONS, after: [TYPES, BUILDS], run: () => declare() },
  { name: PACKED, after: [DECLARATIONS], run: () => script('packed') },
  ...SCREENS.map((screen, at) => ({
    name: screen.name,
    after: [BUILDS, ...(at > 0 ? [SCREENS[at - 1].name] : [])],
    run: () => checkScreen(screen),
  })),
  { name: 'unused exports (knip)', run: () => tool('knip', '--no-progress') },
  { name: 'format of every file (prettier)', run: checkWholeFormat },
  { name: 'packages that an installation brings', run: checkProductionPackages },
  { name: 'proofs are whole and recent', run: checkProofs },
  { name: 'public surface is as checked in', after: [DECLARATIONS], run: () => script('api-snapshot', '--check') },
  ...WITHOUT,
  ...packedOn([22, 24]).map((check) => ({ ...check, after: [PACKED] })),
];
