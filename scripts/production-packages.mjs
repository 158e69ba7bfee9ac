// Counts what an installation of the command brings with it: node scripts/production-packages.mjs [--list]
// Each package is somebody whose account may be taken over, so their number has a limit.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, packageFolder } from './workspace.mjs';

/** What is aimed at, and what the tree may have today: a number that may only fall. */
export const AIM = 60;
export const MOST_PACKAGES = 105;

/** The production tree of a workspace package as the lockfile has it: `name@version` of others, each with what asks for it. */
export function productionPackages(folder) {
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
  workspace(folder);
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

/** The check of `npm test`: prints the number, and has a problem where it is over the limit. */
export function checkProductionPackages({ most = MOST_PACKAGES, log = console.log } = {}) {
  const { found } = productionPackages('cli');
  log(`        ${found.size} packages of others in the command's production tree (at most ${most}, aim ${AIM})`);
  if (found.size <= most) return [];
  return [
    `an installation of the command brings ${found.size} packages of others, and ${most} are allowed:`,
    ...listed(found),
  ];
}

const listed = (found) => [...found].toSorted().map(([id, by]) => `  ${id}, for ${[...by].toSorted().join(', ')}`);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--list')) console.log(listed(productionPackages('cli').found).join('\n'));
  const problems = checkProductionPackages();
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exitCode = 1;
  }
}
