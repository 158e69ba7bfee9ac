// Core's JavaScript: entries that share few, large chunks. A bundler's own chunks, one for each set of entries that share a module, were 143
// files, and Node takes a millisecond for each. What adapters load, `driver` and `kinds`, is a chunk each.
import { readdirSync } from 'node:fs';
import path from 'node:path';

const SOURCES = path.join(import.meta.dirname, 'src');

/** The source of each entry, from the package's folder on. tsup.config.ts gathers their declarations. */
export const ENTRIES = {
  index: 'src/index.ts',
  ...Object.fromEntries(
    readdirSync(path.join(SOURCES, 'entries'))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [name.replace(/\.ts$/, ''), `src/entries/${name}`]),
  ),
};

/** What these entries reach is a chunk each, without what is in an earlier one. All else is a chunk for each book, the lower ones first. */
const TIERS = ['driver', 'kinds', 'cidr', 'adapter', 'index', 'checks'];
const BOOKS = ['ground', 'do', 'decode', 'spec', 'check', 'planner', 'moves', 'overlay', 'watch', 'node'];

/** The modules that each tier reaches. */
const reached = new Map();

function reachOf(entry, infoOf) {
  const found = new Set([entry]);
  for (const id of found) for (const next of infoOf(id)?.importedIds ?? []) found.add(next);
  return found;
}

/** Text beyond Latin-1 makes Node hold and read a whole file as two bytes a character. */
const inAscii = (code) =>
  code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const inBook = (book) => (id) => id.startsWith(path.join(SOURCES, book) + path.sep);

export default {
  cwd: import.meta.dirname,
  input: ENTRIES,
  platform: 'neutral',
  external: /^(?![./])/,
  transform: { target: 'es2022' },
  plugins: [
    {
      name: 'tiers',
      buildEnd() {
        const infoOf = (id) => this.getModuleInfo(id);
        for (const tier of TIERS) reached.set(tier, reachOf(path.join(import.meta.dirname, ENTRIES[tier]), infoOf));
      },
    },
    {
      name: 'ascii',
      generateBundle(_options, bundle) {
        for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = inAscii(file.code);
      },
    },
  ],
  output: {
    dir: path.join(import.meta.dirname, 'dist'),
    chunkFileNames: 'chunk-[name].js',
    // Declarations have the comments. Bundlers of users read the annotations.
    comments: { legal: true, annotation: true, jsdoc: false },
    codeSplitting: {
      groups: [
        ...TIERS.map((tier) => [tier, (id) => reached.get(tier)?.has(id)]),
        ...BOOKS.map((book) => [book, inBook(book)]),
      ].map(([name, test], at) => ({ name, test, priority: 100 - at })),
    },
  },
};
