// Types: tsc checks the projects in the order of their references, one for each book of core, one for each package, one for the tests,
// and leaves a declaration file per source in .cache/types. From these each package's build gathers what can be reached from its entries,
// which needs no second look at the sources.
import { node } from './child.mjs';
import { toolEntry } from './run.mjs';
import { PACKAGES, ROOT, packageFolder } from './workspace.mjs';

/** The projects of what is published; all others refer to them. */
export const PACKAGE_PROJECTS = [...PACKAGES.map(({ folder }) => `packages/${folder}`), 'packages/core/src/node'];

/**
 * Fails with every type error of the projects, and of those that they refer to. What has not changed since it passed is not checked. One
 * checker for each project, since several compute the types of imports anew; and garbage is collected less often. Both halve the CPU.
 */
export const checkTypes = (projects) =>
  node([toolEntry('typescript-native', 'tsc'), '--build', '--builders', '2', '--checkers', '1', ...projects], {
    cwd: ROOT,
    env: { GOGC: '300', GOMEMLIMIT: '2GiB' },
  });

/** Needs the types of the packages to have passed. Writes a package's declarations. */
export const gatherDeclarations = (folder) =>
  node([toolEntry('tsup'), '--silent'], { cwd: packageFolder(folder), env: { POSTERN_BUILD: 'types' } });
