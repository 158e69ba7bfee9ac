// Where the workspace's parts are, and what is built from which entries.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const CACHE = path.join(ROOT, '.cache');
export const PNPM = 'pnpm@10.34.9';

/** Packages in the order in which they depend on each other. */
export const PACKAGES = [
  { folder: 'core', name: '@postern/core', needs: [] },
  { folder: 'aws', name: '@postern/aws', needs: ['core'] },
  { folder: 'alibaba', name: '@postern/alibaba', needs: ['core'] },
  { folder: 'simulator', name: '@postern/simulator', needs: ['core'] },
  { folder: 'testing', name: '@postern/testing', needs: ['core', 'alibaba', 'simulator'] },
  { folder: 'fleet', name: '@postern/fleet', needs: ['core', 'alibaba'] },
  { folder: 'cdk', name: '@postern/cdk', needs: ['core', 'aws'] },
  { folder: 'cli', name: 'postern', needs: ['core', 'aws', 'alibaba', 'simulator', 'fleet'] },
];

/** Those that are published, those first that others need: `create-postern` has one file, which starts the command. */
export const PUBLISHED = [...PACKAGES, { folder: 'create', name: 'create-postern' }];

/** Whether the registry's names of the packages are the project's. Until then nothing is published, and no text for users names them. */
export const NAMES_ARE_OURS = false;

export const packageFolder = (folder) => path.join(ROOT, 'packages', folder);

/** What the name of a package's tarball begins with: `postern-core-1.2.3.tgz`. */
export const tarballName = (name) => name.replace('@', '').replace('/', '-');

export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The entries of a package that users import, each with its declarations. What is below `./internal` is for our own packages. */
export function publicEntries(folder) {
  const { exports } = readJson(path.join(packageFolder(folder), 'package.json'));
  return Object.entries(exports)
    .filter(([entry, target]) => target?.types && !entry.startsWith('./internal/'))
    .map(([entry, target]) => ({ entry, file: path.join(packageFolder(folder), target.types) }));
}

/** Dependencies and build results. */
const NOT_OURS = new Set(['node_modules', 'dist']);

/** All files below a folder, sorted, without dependencies and build results. */
export function filesBelow(folder, keep = () => true) {
  return existsSync(folder) ? walked(folder).filter(keep).sort() : [];
}

/** Not by `readdir` with `recursive`: Node 22.23 and 24.21 follow links with it, and packages link to each other below `node_modules`. */
function walked(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isFile()) return [file];
    return entry.isDirectory() && !NOT_OURS.has(entry.name) ? walked(file) : [];
  });
}

/** A hash of the contents of some files, for "has anything changed since". */
export function hashFiles(files, ...more) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(path.relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  for (const text of more) hash.update(String(text)).update('\0');
  return hash.digest('hex').slice(0, 32);
}

/** What a package's build depends on: its own sources and configuration, and those of the packages it needs. */
export function buildHash(folder, ...more) {
  const { needs } = PACKAGES.find((one) => one.folder === folder);
  const files = [folder, ...needs].flatMap((one) => [
    ...filesBelow(path.join(packageFolder(one), 'src')),
    ...['package.json', 'tsconfig.json', 'tsup.config.ts']
      .map((name) => path.join(packageFolder(one), name))
      .filter(existsSync),
  ]);
  const root = ['tsconfig.base.json', 'tsconfig.json', 'pnpm-lock.yaml']
    .concat(
      [
        'as-if-imported',
        'build',
        'bundled',
        'declarations',
        'imported-commonjs',
        'license-texts',
        'used-operations',
        'with-declarations',
      ].map((name) => `scripts/${name}.mjs`),
    )
    .map((name) => path.join(ROOT, name));
  return hashFiles([...files, ...root], process.versions.node.split('.')[0], ...more);
}
