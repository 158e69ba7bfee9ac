// Types: tsc checks the projects in the order of their references, one for each book of core, one for each package, one for the tests,
// and leaves a declaration file per source in .cache/types. From these each package's build gathers what can be reached from its entries,
// which needs no second look at the sources.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
  const entries = publicEntries(folder);
  for (const { file } of entries) hideShared(file);
  for (const { file } of entries) nameTypes(file, path.join(packageFolder(folder), 'dist'));
}

/** Something is declared, and not only handed on. */
const DECLARED = /^(?:declare (?:abstract )?)?(?:class|const|function|interface|type) (\w+\$?\d*)/gm;

/** What a file of declarations exports: the name inside, and the name outside. */
function exportsIn(text) {
  const lists = [...text.matchAll(/^export (?:type )?\{(.*)\}(?: from .*)?;$/gm)].flatMap(([, list]) =>
    list.split(','),
  );
  return lists.map((one) => {
    const [inside, outside = inside] = one
      .trim()
      .replace(/^type /, '')
      .split(' as ');
    return { inside, outside, isType: /^\s*type /.test(one) };
  });
}

/** Rollup gives what entries share a short name. */
const SHARED = /^\S{1,2}$/;

/**
 * What rollup put into the declarations of an entry gets a file of its own, since others share it by short names: an entry exports its own
 * names alone.
 */
function hideShared(file) {
  const text = readFileSync(file, 'utf8');
  const names = exportsIn(text).filter(({ outside }) => !SHARED.test(outside));
  if (text.match(DECLARED) === null) return;
  const entry = path.basename(file, '.d.ts');
  const list = names.map(({ outside, isType }) => (isType ? 'type ' : '') + outside).join(', ');
  renameSync(file, file.replace('.d.ts', '.d-shared.d.ts'));
  writeFileSync(file, `export { ${list} } from './${entry}.d-shared.js';\n`);
  for (const other of filesBelow(path.dirname(file), (one) => one.endsWith('.d.ts') && one !== file)) {
    const above = path.relative(path.dirname(other), path.dirname(file)) || '.';
    const before = readFileSync(other, 'utf8');
    const after = before.replaceAll(`'${above}/${entry}.js'`, `'${above}/${entry}.d-shared.js'`);
    if (after !== before) writeFileSync(other, after);
  }
}

/** The declarations that a file of them imports, directly or not, in its package. */
function reachedFrom(file, reached = new Set()) {
  if (reached.has(file)) return reached;
  reached.add(file);
  for (const [, to] of readFileSync(file, 'utf8').matchAll(/(?:from|import) '(\.[^']*)\.js'/g))
    reachedFrom(path.join(path.dirname(file), `${to}.d.ts`), reached);
  return reached;
}

const EXPLAINED = `/**
 * Types without a public name, which results of public functions have. The compiler names them by this path in the declarations of a program.
 * They are of this version alone: a program of your own does not import them.
 */
`;

/**
 * A compiler that writes declarations refuses results of types that no entry exports (TS2883). So each entry loads a file that exports all
 * types that it reaches.
 */
function nameTypes(file, dist) {
  const place = path.join(dist, 'internal/types', path.relative(dist, file));
  const names = new Set(exportsIn(readFileSync(file, 'utf8')).map(({ outside }) => outside));
  const from = (to) => {
    const relative = path.relative(path.dirname(place), to).replace('.d.ts', '.js');
    return relative.startsWith('.') ? relative : `./${relative}`;
  };
  const lines = [...reachedFrom(file)].sort().flatMap((chunk) => {
    const text = readFileSync(chunk, 'utf8');
    const declared = [...text.matchAll(DECLARED)].filter(([whole]) => /\b(?:class|interface|type) /.test(whole));
    const types = [...new Set(declared.map(([, name]) => name))];
    const outside = new Map(exportsIn(text).map((one) => [one.inside, one.outside]));
    const hidden = types.filter((name) => !outside.has(name));
    if (hidden.length > 0) writeFileSync(chunk, `${text}export type { ${hidden.join(', ')} };\n`);
    const fresh = types.filter((name) => !names.has(name));
    for (const name of fresh) names.add(name);
    const list = fresh.map((name) =>
      outside.has(name) && outside.get(name) !== name ? `${outside.get(name)} as ${name}` : name,
    );
    return list.length > 0 ? [`export type { ${list.join(', ')} } from '${from(chunk)}';\n`] : [];
  });
  if (lines.length === 0) return;
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, EXPLAINED + lines.join(''));
  const self = path.relative(path.dirname(file), place).replace('.d.ts', '.js');
  writeFileSync(file, `${readFileSync(file, 'utf8')}import './${self}';\n`);
}
