// Type declarations: one run of tsc checks every type of the workspace and leaves a declaration file per source in .cache/types. From these
// each package's build gathers what can be reached from its entries, which needs no second look at the sources.
import path from 'node:path';
import { node } from './child.mjs';
import { toolEntry } from './run.mjs';
import { CACHE, ROOT, packageFolder } from './workspace.mjs';

const TYPES = path.join(CACHE, 'types');

/** Fails with every type error of the workspace, its tests and examples. */
export const checkTypes = () =>
  node([
    toolEntry('typescript', 'tsc'),
    '-p',
    'tsconfig.json',
    '--noEmit',
    'false',
    '--declaration',
    '--emitDeclarationOnly',
    '--noEmitOnError',
    '--rootDir',
    ROOT,
    '--outDir',
    TYPES,
    '--incremental',
    '--tsBuildInfoFile',
    path.join(TYPES, 'tsc.json'),
  ]);

/** Needs `checkTypes` to have passed. Writes a package's declarations, for import and for require. */
export const gatherDeclarations = (folder) =>
  node([toolEntry('tsup'), '--silent'], { cwd: packageFolder(folder), env: { POSTERN_BUILD: 'types' } });
