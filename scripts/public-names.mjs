// What users and authors of clouds import of core: how many names each entry has, that each function stands on a page or in an example, and
// that names are nouns of the field.
//   node scripts/public-names.mjs
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, filesBelow, packageFolder, publicEntries } from './workspace.mjs';

/** For authors of clouds. All others are for users. */
const OF_AUTHORS = ['./adapter'];

/** The most names of core. A new one takes the place of another one. */
const MOST = { users: 120, authors: 40 };

/** Pronouns, and words that only this house uses. */
const NO_NOUNS = /^(?:one|own|of|told|lost|left|held)$|Wanted|Told|^Lead/;

/** What a source of an entry exports: its names, and which of them are types. */
function exportsOf(entry) {
  const file = entry === '.' ? 'index.ts' : `entries/${entry.slice(2)}.ts`;
  const text = readFileSync(path.join(packageFolder('core'), 'src', file), 'utf8');
  return [...text.matchAll(/^export( type)? \{([^}]*)\}/gm)].flatMap(([, types, list]) =>
    list
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((one) => ({ name: one.replace(/^type /, ''), isType: types !== undefined || one.startsWith('type ') })),
  );
}

/** The text of all pages and examples. */
function pagesText() {
  const isPage = (file) => /\.(?:md|mjs|ts)$/.test(file) && !/node_modules|[\\/]decisions[\\/]/.test(file);
  const below = ['docs', 'examples'].flatMap((folder) => filesBelow(path.join(ROOT, folder), isPage));
  const readmes = ['core', 'aws', 'alibaba', 'testing'].map((folder) => path.join(packageFolder(folder), 'README.md'));
  return [...below, ...readmes, path.join(ROOT, 'README.md')].map((file) => readFileSync(file, 'utf8')).join('\n');
}

export function publicNames() {
  const rows = publicEntries('core').map(({ entry }) => ({ entry, names: exportsOf(entry) }));
  const of = (kept) => rows.filter(({ entry }) => OF_AUTHORS.includes(entry) === kept).flatMap(({ names }) => names);
  const count = (kept) => new Set(of(kept).map(({ name }) => name)).size;
  return { rows, users: count(false), authors: count(true) };
}

export function checkPublicNames() {
  const { rows, ...counts } = publicNames();
  const pages = pagesText();
  const all = rows.flatMap(({ entry, names }) => names.map((one) => ({ ...one, place: `${entry}: ${one.name}` })));
  return [
    ...Object.entries(MOST).flatMap(([who, most]) =>
      counts[who] > most ? [`${counts[who]} public names for ${who}, more than ${most}`] : [],
    ),
    ...all.filter(({ name }) => NO_NOUNS.test(name)).map(({ place }) => `${place}: use a noun of the field`),
    ...all
      .filter(({ name, isType }) => !isType && !new RegExp(String.raw`\b${name}\b`).test(pages))
      .map(({ place }) => `${place}: no page or example has it`),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { rows, users, authors } = publicNames();
  for (const { entry, names } of rows) console.log(`${String(names.length).padStart(4)}  ${entry}`);
  console.log(`${users} for users, ${authors} for authors of clouds`);
}
