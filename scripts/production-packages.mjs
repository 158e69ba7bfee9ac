// Counts what an installation brings with it, of the command and of all libraries: node scripts/production-packages.mjs [--list]
// Each package has an author whose account may be taken over, so their number has a limit. CONTENTS.md of
// packages/cli and packages/alibaba list what is bundled into these.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGES, ROOT, packageFolder } from './workspace.mjs';

const LIBRARIES = PACKAGES.map(({ folder }) => folder).filter((folder) => folder !== 'cli');

/** How many packages of others an installation may bring. */
export const INSTALLATIONS = [
  // Four of them are the parser of Terraform's sources, which is loaded on first use.
  { name: 'the command', folders: ['cli'], most: 2 },
  // Four of them connect through a proxy of the environment; they are loaded where a variable names one.
  { name: 'the libraries together', folders: LIBRARIES, most: 63 },
];

/** The production tree of workspace packages as the lockfile has it: `name@version` of others, each with what asks for it. */
export function productionPackages(...folders) {
  const { parse } = createRequire(path.join(packageFolder('core'), 'package.json'))('yaml');
  const { importers, snapshots } = parse(readFileSync(path.join(ROOT, 'pnpm-lock.yaml'), 'utf8'));
  const found = new Map();
  const own = new Set();

  const others = (askedBy, dependencies = {}) => {
    for (const [name, version] of Object.entries(dependencies)) {
      // The keys of snapshots tell apart what the same version was given as peers; a package counts once.
      const key = `${name}@${version}`;
      const id = key.replace(/\(.*$/, '');
      const known = found.get(id);
      if (known) known.add(askedBy);
      else found.set(id, new Set([askedBy]));
      if (known) continue;
      const { dependencies: next, optionalDependencies: more } = snapshots[key] ?? {};
      others(id, { ...next, ...more });
    }
  };
  const workspace = (name) => {
    if (own.has(name)) return;
    own.add(name);
    const { dependencies = {}, optionalDependencies = {} } = importers[`packages/${name}`];
    for (const [dependency, { version }] of Object.entries({ ...dependencies, ...optionalDependencies })) {
      if (version.startsWith('link:')) workspace(path.basename(version));
      else others(`packages/${name}`, { [dependency]: version });
    }
  };
  for (const folder of folders) workspace(folder);
  return { found, own };
}

/** How many packages each family of direct dependencies brings, largest first; one that two families bring counts for both. */
export function packagesByFamily({ found }) {
  const children = new Map();
  for (const [id, parents] of found)
    for (const parent of parents) children.set(parent, [...(children.get(parent) ?? []), id]);
  const reach = (id, seen) => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const child of children.get(id) ?? []) reach(child, seen);
  };
  const families = new Map();
  for (const [id, parents] of found) {
    if (![...parents].some((parent) => parent.startsWith('packages/'))) continue;
    const name = id.replace(/@[^@]+$/, '');
    const family = /^@(?:aws|smithy)/.test(name) ? 'AWS' : name.startsWith('@alicloud/') ? 'Alibaba Cloud' : name;
    const members = families.get(family) ?? new Set();
    families.set(family, members);
    reach(id, members);
  }
  return [...families]
    .map(([family, members]) => [family, members.size])
    .toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}

/** The check of `npm test`: prints the numbers, and has a problem where one is over its limit. */
export function checkProductionPackages({ installations = INSTALLATIONS, log = console.log } = {}) {
  return installations.flatMap(({ name, folders, most }) => {
    const { found } = productionPackages(...folders);
    log(`        ${found.size} packages of others with ${name} (at most ${most})`);
    if (found.size <= most) return [];
    return [
      `an installation of ${name} brings ${found.size} packages of others, and ${most} are allowed:`,
      ...listed(found),
    ];
  });
}

const listed = (found) => [...found].toSorted().map(([id, by]) => `  ${id}, for ${[...by].toSorted().join(', ')}`);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--list')) console.log(listed(productionPackages('cli', ...LIBRARIES).found).join('\n'));
  const problems = checkProductionPackages();
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exitCode = 1;
  }
}
