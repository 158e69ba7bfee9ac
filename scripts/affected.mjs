// Which tests depend on what has changed: those that import a changed file, directly or not, or name it by its path.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { importsOf } from './check-imports.mjs';
import { run } from './child.mjs';
import { resolve } from './sources/hooks.mjs';
import { PACKAGES, ROOT, filesBelow } from './workspace.mjs';

/** Those of `npm test`. */
const TEST = /(?<!\.verify)\.test\.ts$/;
const CODE = /\.(?:ts|mjs)$/;

/** What each process of tests loads, or what says which versions it loads. */
const OF_ALL = /^(?:tsconfig[\w.]*\.json|pnpm-[\w-]+\.yaml|vitest\.config\.ts|scripts\/sources\/.*)$/;

const placeOf = (file) => path.relative(ROOT, file).replaceAll(path.sep, '/');

/** `packages/aws` of a file below it, `docs` of a page. */
const areaOf = (place) => place.split('/', place.startsWith('packages/') ? 2 : 1).join('/');

/** The built packages contain the sources of all. */
const SOURCES = PACKAGES.map(({ folder }) => `packages/${folder}/src`);

/** A file or folder that a string of the code names: by a path from its own folder, from the root, or from `packages`. Those two themselves name nothing. */
const NAMED = /(['"`])((?:\.{1,2}\/)*[^'"`\n$*/.][^'"`\n$*]*\/[^'"`\n$*]*|(?:\.{1,2}\/)+[\w-][^'"`\n$*]*)\1/g;

function named(file, text) {
  const found = [...text.matchAll(NAMED)].flatMap(([, , name]) => [
    path.resolve(path.dirname(file), name),
    path.resolve(ROOT, name),
    path.resolve(ROOT, 'packages', name),
  ]);
  return found.filter((one) => one !== ROOT && one !== path.join(ROOT, 'packages') && existsSync(one)).map(placeOf);
}

/** What the code of a file loads or names, as paths from the root. Types are erased. */
function usesOf(place) {
  const file = path.join(ROOT, place);
  const parentURL = pathToFileURL(file).href;
  const text = readFileSync(file, 'utf8');
  const other = (specifier) => ({
    url: /^(?:\.|file:)/.test(specifier) ? new URL(specifier, parentURL).href : undefined,
  });
  const imported = importsOf(text)
    .filter(({ typeOnly }) => !typeOnly)
    .map(({ specifier }) => resolve(specifier, { parentURL }, other).url?.split('?')[0])
    .filter((url) => url?.startsWith('file:'))
    .map((url) => placeOf(fileURLToPath(url)));
  const isSource = /^packages\/\w+\/src\//.test(place);
  const built = !isSource && /['"`/]dist['"`/]/.test(text) ? SOURCES : [];
  return [...imported, ...(isSource ? [] : named(file, text)), ...built];
}

/** The paths of files from git: what differs from `ref`, and what is new. */
async function changedSince(ref) {
  const lines = async (...args) => (await run('git', args)).stdout.split('\n').filter((line) => line !== '');
  return [
    ...(await lines('diff', '--name-only', '--no-renames', ref)),
    ...(await lines('ls-files', '--others', '--exclude-standard')),
  ];
}

/**
 * The tests that `changed` affects: those that reach a changed file, or a folder that contains one. A file that no test reaches, such as a
 * fixture that is found by listing its folder, affects all tests of its package.
 */
export function affectedBy(changed, tests, uses = usesOf) {
  if (changed.some((place) => OF_ALL.test(place))) return tests;
  const known = new Map();
  const usesOnce = (place) => {
    if (!known.has(place)) {
      const isCode = CODE.test(place) && existsSync(path.join(ROOT, place));
      known.set(place, isCode && statSync(path.join(ROOT, place)).isFile() ? uses(place) : []);
    }
    return known.get(place);
  };
  const reached = (test) => {
    const all = new Set([test]);
    for (const place of all) for (const used of usesOnce(place)) all.add(used);
    return all;
  };
  const reachedBy = new Map(tests.map((test) => [test, reached(test)]));
  const isReached = (all, place) =>
    all.has(place) || place.split('/').some((_, at, parts) => at > 0 && all.has(parts.slice(0, at).join('/')));
  const loose = new Set(
    changed.filter((place) => ![...reachedBy.values()].some((all) => isReached(all, place))).map(areaOf),
  );
  return tests.filter(
    (test) => loose.has(areaOf(test)) || changed.some((place) => isReached(reachedBy.get(test), place)),
  );
}

/** The files of tests that depend on what differs from `ref`, a commit or branch. */
export async function affectedTests(ref) {
  const tests = ['packages', 'examples', 'scripts', 'site']
    .flatMap((folder) => filesBelow(path.join(ROOT, folder), (file) => TEST.test(file)))
    .map(placeOf);
  return affectedBy(await changedSince(ref), tests);
}
