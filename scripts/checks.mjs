// The checks of `npm test` that are not tests: each has a name and a function that throws, or returns problems, when it fails.
import path from 'node:path';
import { build, declare } from './build.mjs';
import { checkDocs } from './check-docs.mjs';
import { checkImports } from './check-imports.mjs';
import { node } from './child.mjs';
import { checkState } from './check-state.mjs';
import { PACKAGE_PROJECTS, checkTypes } from './declarations.mjs';
import { checkFormat } from './format.mjs';
import { checkProductionPackages } from './production-packages.mjs';
import { checkRatchets } from './ratchets.mjs';
import { toolEntry } from './run.mjs';
import { ROOT } from './workspace.mjs';

const tool = (name, ...args) => node([toolEntry(name), ...args]);

/** A check that computes much is a process of its own, or no other could start meanwhile. */
const script = (name, ...args) => node([path.join(ROOT, 'scripts', `${name}.mjs`), ...args]);

const TYPES = 'types of every package (tsc)';
export const BUILDS = 'every package builds';
const DECLARATIONS = 'declarations of every package';

/**
 * In the order in which they are best started, two at a time: first what others wait for, and what takes long. `after` names the checks
 * that have to pass before.
 */
export const CHECKS = [
  { name: TYPES, run: () => checkTypes(PACKAGE_PROJECTS) },
  { name: BUILDS, run: () => build({ quiet: true }) },
  { name: 'types of tests and examples (tsc)', after: [TYPES], run: () => checkTypes(['.']) },
  { name: DECLARATIONS, after: [TYPES, BUILDS], run: () => declare() },
  { name: 'packed packages compile and run, publint', after: [DECLARATIONS], run: () => script('packed') },
  { name: 'format (prettier; what has changed, and one file in fifty)', run: checkFormat },
  { name: 'unused exports (knip)', run: () => tool('knip', '--no-progress') },
  { name: 'lint (oxlint)', run: () => tool('oxlint', '--deny-warnings') },
  { name: 'imports point the right way', run: checkImports },
  { name: 'no module keeps state', run: checkState },
  { name: 'counts that may only fall', run: checkRatchets },
  { name: 'packages that an installation brings', run: checkProductionPackages },
  { name: 'documentation is current', run: () => checkDocs({ write: false }) },
  { name: 'public surface is as checked in', after: [DECLARATIONS], run: () => script('api-snapshot', '--check') },
];
