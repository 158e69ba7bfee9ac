// The lines of each subject: of its sources and of its tests. scripts/weights.json says where a subject lies, and how many lines it may have.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PACKAGES, ROOT, filesBelow } from './workspace.mjs';

/** Folders with code outside of the packages. */
const OTHERS = ['bench', 'examples', 'scripts', 'site'];
const SKIPPED = /(?:^|\/)(?:node_modules|dist)\//;
const isCode = (file) => /\.(?:ts|mjs)$/.test(file);

/**
 * Where a file belongs, and whether it is a test: `packages/core/src/cidr/set.ts` and `packages/core/test/cidr/set.test.ts` are both in
 * `core/cidr`, so that one pattern names both.
 */
export function placeOf(file) {
  const [, name, part, below] = /^packages\/([^/]+)\/(src|test)\/(.+)$/.exec(file) ?? [];
  if (name !== undefined) return { place: `${name}/${below}`, isTest: part === 'test' };
  return { place: file, isTest: /(?:^|\/)test\//.test(file) };
}

/** `alibaba/plan*` as an expression for places; `*` is a part of a name. */
const expression = (pattern) =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '[^/]*')}(?:/|$)`);

/**
 * The subject of each place: that of the longest pattern, so that a part of a folder can belong to another subject than the rest.
 * @throws where two subjects name the same pattern
 */
export function subjectFinder(subjects) {
  const patterns = Object.entries(subjects).flatMap(([subject, { of }]) => of.map((pattern) => ({ subject, pattern })));
  const names = patterns.map(({ pattern }) => pattern);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`scripts/weights.json: ${twice} is in two subjects`);
  const ordered = patterns
    .map(({ subject, pattern }) => ({ subject, length: pattern.length, matches: expression(pattern) }))
    .toSorted((a, b) => b.length - a.length);
  return (place) => ordered.find(({ matches }) => matches.test(place))?.subject;
}

/** The files with code, from the root. */
function codeFiles() {
  const folders = [
    ...PACKAGES.flatMap(({ folder }) => [`packages/${folder}/src`, `packages/${folder}/test`]),
    ...OTHERS,
  ];
  return folders
    .flatMap((folder) => filesBelow(path.join(ROOT, folder), isCode))
    .map((file) => path.relative(ROOT, file).replaceAll(path.sep, '/'))
    .filter((file) => !SKIPPED.test(file));
}

/** The lines of a text that are not empty: an empty line between steps costs nothing. */
export const linesOf = (text) => text.split('\n').filter((line) => line.trim() !== '').length;

/** The lines of each subject now, and the files that belong to none. */
export function linesBySubject(subjects) {
  const subjectOf = subjectFinder(subjects);
  const lines = Object.fromEntries(Object.keys(subjects).map((subject) => [subject, { sources: 0, tests: 0 }]));
  const homeless = [];
  for (const file of codeFiles()) {
    const { place, isTest } = placeOf(file);
    const subject = subjectOf(place);
    if (subject === undefined) homeless.push(file);
    else lines[subject][isTest ? 'tests' : 'sources'] += linesOf(readFileSync(path.join(ROOT, file), 'utf8'));
  }
  return { lines, homeless };
}
