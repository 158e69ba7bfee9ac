// Types: tsc checks the projects in the order of their references, one for each book of core, one for each package, one for the tests,
// and leaves a declaration file per source in .cache/types. From these each package's build gathers what can be reached from its entries,
// which needs no second look at the sources.
import { node } from './child.mjs';
import { toolEntry } from './run.mjs';
import { ROOT, packageFolder } from './workspace.mjs';

/** The projects whose declarations are published. */
export const PUBLISHED = ['core', 'core/src/node', 'aws', 'alibaba', 'simulator', 'testing', 'fleet', 'cli'].map(
  (folder) => `packages/${folder}`,
);

/**
 * Fails with every type error of the projects, and of those that they refer to: the project of the root refers to all. What has not changed
 * since it passed is not checked. TypeScript 7 takes a third of the CPU of version 5, which is there for the tools that use its API.
 */
export const checkTypes = (projects = ['.']) =>
  node([toolEntry('typescript-7', 'tsc'), '--build', ...projects], { cwd: ROOT });

/** Needs the types of the packages to have passed. Writes a package's declarations, for import and for require. */
export const gatherDeclarations = (folder) =>
  node([toolEntry('tsup'), '--silent'], { cwd: packageFolder(folder), env: { POSTERN_BUILD: 'types' } });
