// Types: tsc checks the projects in the order of their references, one for each book of core, one for each package, one for the tests,
// and leaves a declaration file per source in .cache/types. From these each package's build gathers what can be reached from its entries,
// which needs no second look at the sources.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { node } from './child.mjs';
import { toolEntry } from './run.mjs';
import { PACKAGES, ROOT, filesBelow, packageFolder, publicEntries } from './workspace.mjs';

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
export async function gatherDeclarations(folder) {
  await node([toolEntry('tsup'), '--silent'], { cwd: packageFolder(folder), env: { POSTERN_BUILD: 'types' } });
  for (const { file } of publicEntries(folder)) hideShared(file);
}

/** Rollup gives what entries share a short name. */
const SHARED = /^\S{1,2}$/;

/**
 * Where what two entries share was put into the declarations of one of them, with short names for the other one, it gets a file of its own:
 * an entry exports its own names alone.
 */
function hideShared(file) {
  const text = readFileSync(file, 'utf8');
  const exported = [...text.matchAll(/^export \{(.*)\}(?: from .*)?;$/gm)].flatMap(([, list]) => list.split(','));
  const names = exported.map((one) => one.trim()).filter((one) => !SHARED.test(one.split(' as ').at(-1)));
  if (names.length === exported.length) return;
  const entry = path.basename(file, '.d.ts');
  const isType = (one) => one.startsWith('type ');
  const own = names.map(
    (one) =>
      (isType(one) ? 'type ' : '') +
      one
        .replace(/^type /, '')
        .split(' as ')
        .at(-1),
  );
  renameSync(file, file.replace('.d.ts', '.d-shared.d.ts'));
  writeFileSync(file, `export { ${own.join(', ')} } from './${entry}.d-shared.js';\n`);
  for (const other of filesBelow(path.dirname(file), (one) => one.endsWith('.d.ts') && one !== file)) {
    const above = path.relative(path.dirname(other), path.dirname(file)) || '.';
    const before = readFileSync(other, 'utf8');
    const after = before.replaceAll(`'${above}/${entry}.js'`, `'${above}/${entry}.d-shared.js'`);
    if (after !== before) writeFileSync(other, after);
  }
}
