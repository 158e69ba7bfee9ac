// The checks of `npm test` that are not tests: each has a name and a function that throws, or returns problems, when it fails.
import path from 'node:path';
import { checkApi } from './api-snapshot.mjs';
import { checkDocs } from './check-docs.mjs';
import { checkImports } from './check-imports.mjs';
import { node } from './child.mjs';
import { checkPacked } from './packed.mjs';
import { checkProductionPackages } from './production-packages.mjs';
import { toolEntry } from './run.mjs';
import { CACHE, PACKAGES, buildHash, packageFolder } from './workspace.mjs';
import { once } from './once.mjs';

const tool = (name, args, options) => node([toolEntry(...[name].flat()), ...args], options);

/** Need nothing built. */
export const SOURCE_CHECKS = [
  { name: 'lint (oxlint)', run: () => tool('oxlint', ['--deny-warnings']) },
  {
    name: 'format (prettier)',
    run: () =>
      tool('prettier', [
        '--check',
        '--log-level',
        'warn',
        '--cache',
        '--cache-location',
        path.join(CACHE, 'prettier'),
        '.',
      ]),
  },
  { name: 'imports point the right way', run: checkImports },
  { name: "packages in the command's production tree", run: checkProductionPackages },
  { name: 'documentation is current', run: () => checkDocs({ write: false }) },
  {
    name: 'types (tsc, whole workspace)',
    run: () =>
      tool(
        ['typescript', 'tsc'],
        ['-p', 'tsconfig.json', '--noEmit', '--incremental', '--tsBuildInfoFile', path.join(CACHE, 'tsc.json')],
      ),
  },
  {
    name: 'types (core, without any environment)',
    run: () => tool(['typescript', 'tsc'], ['-p', 'packages/core/tsconfig.json', '--noEmit']),
  },
  { name: 'unused exports (knip)', run: () => tool('knip', ['--no-progress']) },
];

const perPackage = (name, check) =>
  PACKAGES.map(({ folder, name: packageName }) => ({
    name: `${name} ${packageName}`,
    run: () => once(`${name}-${folder}`, buildHash(folder, name), () => check(folder)),
  }));

/** Need the packages built with declarations. */
export const BUILT_CHECKS = [
  { name: 'public surface is as checked in', run: () => checkApi({ write: false }) },
  ...perPackage('publint', (folder) => tool('publint', ['run', packageFolder(folder), '--strict', '--pack', 'npm'])),
  ...perPackage('attw', (folder) =>
    folder === 'cli'
      ? undefined
      : tool(['@arethetypeswrong/cli', 'attw'], ['--pack', '.', '--profile', 'node16', '--quiet'], {
          cwd: packageFolder(folder),
        }),
  ),
  { name: 'packed packages install, compile and run', run: async () => (await checkPacked()).problems },
];
