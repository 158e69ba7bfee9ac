// What users and authors of clouds import: how many names the entries of each package have, that each function stands on a page or in an
// example, and that names are nouns of the field. Read from `api.md`, which `npm test` holds to what is exported.
//   node scripts/public-names.mjs
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGES, ROOT, filesBelow, packageFolder, publicEntries } from './workspace.mjs';

/** The entry of core for authors of clouds. All others are for users. */
const OF_AUTHORS = '@postern/core/adapter';

/** The most names. A new one takes the place of another one. */
const MOST = {
  '@postern/core': 120,
  [OF_AUTHORS]: 40,
  '@postern/aws': 11,
  '@postern/alibaba': 32,
  '@postern/simulator': 5,
  '@postern/testing': 15,
  '@postern/fleet': 15,
  '@postern/cdk': 3,
};

/** Pronouns, and words that only this house uses. */
const NO_NOUNS = /^(?:one|own|of|told|lost|left|held)$|Wanted|Told|^Lead/;

/** What the entries of a package export: of each name, its entry, and whether it is a type. */
function namesOf({ folder, name }) {
  if (publicEntries(folder).length === 0) return [];
  const [, ...sections] = readFileSync(path.join(packageFolder(folder), 'api.md'), 'utf8').split(/^## `\./m);
  return sections.flatMap((section) =>
    [...section.matchAll(/^(?:declare )?(?:abstract )?(class|const|function|interface|type) (\w+)/gm)].map((found) => ({
      entry: name + section.slice(0, section.indexOf('`')),
      name: found[2],
      isType: /interface|type/.test(found[1]),
    })),
  );
}

/** What a page or an example imports of a package, and what stands between backticks. */
const SHOWN = /\{([^}]*)\} (?:from|= await import\() ?'@postern|`([^`\n]+)`/g;

/** Names that a page says an entry has. */
const SAID = /((?:`\w+(?:\([^`]*\))?`(?:, | and |, and )?\s?)+)\s?of\s`(@postern\/[\w/-]+)`/g;

/** The texts of all pages and examples. */
function pageTexts() {
  const isPage = (file) => /\.(?:md|mjs|ts)$/.test(file) && !/node_modules|[\\/](?:decisions|test)[\\/]/.test(file);
  const below = ['docs', 'examples'].flatMap((folder) => filesBelow(path.join(ROOT, folder), isPage));
  const readmes = PACKAGES.map(({ folder }) => path.join(packageFolder(folder), 'README.md'));
  return [...below, ...readmes, path.join(ROOT, 'README.md')].map((file) => readFileSync(file, 'utf8'));
}

/** The row of an entry: its package, but for authors. */
const rowOf = (entry) => (entry === OF_AUTHORS ? entry : entry.split('/', 2).join('/'));

function publicNames() {
  const all = PACKAGES.flatMap(namesOf);
  return Object.keys(MOST).map((row) => {
    const names = all.filter(({ entry }) => rowOf(entry) === row);
    return { row, names, count: new Set(names.map(({ name }) => name)).size };
  });
}

export function checkPublicNames() {
  const texts = pageTexts().join('\n\n');
  const wordsOf = (code) => code.match(/\w+/g) ?? [];
  const shown = new Set([...texts.matchAll(SHOWN)].flatMap(([, imported, code]) => wordsOf(imported ?? code)));
  const rows = publicNames();
  const all = new Set(rows.flatMap(({ names }) => names.map(({ entry, name }) => `${entry}: ${name}`)));
  return [
    ...rows.flatMap(({ row, names, count }) => [
      ...(count > MOST[row] ? [`${row}: ${count} public names, more than ${MOST[row]}`] : []),
      ...names.flatMap(({ entry, name, isType }) => [
        ...(NO_NOUNS.test(name) ? [`${entry}: ${name}: use a noun of the field`] : []),
        ...(isType || shown.has(name) ? [] : [`${entry}: ${name}: no page or example has it`]),
      ]),
    ]),
    ...[...texts.matchAll(SAID)]
      .flatMap(([, names, entry]) => [...names.matchAll(/`(\w+)/g)].map(([, name]) => `${entry}: ${name}`))
      .filter((said) => !all.has(said))
      .map((said) => `${said}: a page has it, and the entry does not`),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { row, count } of publicNames()) console.log(`${String(count).padStart(4)} of ${MOST[row]}  ${row}`);
  for (const problem of checkPublicNames()) console.error(problem);
}
