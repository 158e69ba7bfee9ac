import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, type Options } from 'tsup';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

const entriesBelow = (folder: string, prefix: string) =>
  Object.fromEntries(
    readdirSync(path.join(import.meta.dirname, 'src', folder)).map((name) => [
      prefix + name.replace(/\.ts$/, ''),
      `src/${folder}/${name}`,
    ]),
  );

/** The source of each entry, from the package's folder on. */
const ENTRIES: Record<string, string> = {
  index: 'src/index.ts',
  ...entriesBelow('entries', ''),
  ...entriesBelow('internal', 'internal/'),
};

/** No entry: what `index` loads with the first call of a session. */
const METHODS = 'src/do/imperative/methods.ts';

/** No entries: what `adapter` has of upper books. */
const OF_AUTHORS = ['src/overlay/rows/id-forms.ts', 'src/planner/cloud/cloud-planner.ts'];

/**
 * Each entry, the lower ones first. esbuild makes a chunk for each set of entries that reach a module. These entries had 100 such sets, and
 * Node takes about a millisecond for each file. So an entry is built as if it imported all entries of its tier, and those of the tier below.
 * `decode` and what is above it load packages of others. `node` alone loads modules of Node.
 * See docs/decisions/0032-one-bundler.md.
 */
const TIERS: readonly { entries: readonly string[]; above: readonly string[] }[] = [
  { entries: ['internal/driver', 'internal/kinds'], above: [] },
  { entries: ['index', 'internal/library'], above: ['internal/kinds'] },
  { entries: ['cidr', 'internal/cidr'], above: ['internal/kinds'] },
  {
    entries: ['telemetry', 'internal/adapter', 'internal/telemetry'],
    above: ['internal/cidr', 'internal/library', ...OF_AUTHORS],
  },
  {
    entries: ['plan', 'probe', 'internal/engine', 'internal/plan', 'internal/probe', 'internal/snapshot', METHODS],
    above: ['internal/adapter'],
  },
  { entries: ['adapter'], above: ['internal/adapter'] },
  { entries: ['internal/checks'], above: ['internal/engine'] },
  {
    entries: ['check', 'moves', ...['check', 'cloud', 'graph', 'moves', 'report'].map((name) => `internal/${name}`)],
    above: ['internal/checks'],
  },
  { entries: ['snapshot', 'internal/decode', 'internal/spec-json'], above: ['internal/engine'] },
  {
    entries: ['planner', 'spec', 'internal/planner', 'internal/spec', 'internal/spec-form'],
    above: ['internal/decode'],
  },
  { entries: ['overlay', 'internal/overlay'], above: ['internal/check', 'internal/spec'] },
  { entries: ['watch', 'internal/watch'], above: ['internal/check', 'internal/decode'] },
  { entries: ['internal/proxy'], above: ['internal/adapter'] },
  { entries: ['node', 'internal/node'], above: ['internal/check', 'internal/decode'] },
];

/** One for most tiers, and one for each set of modules that tiers share which are not above each other. */
const MOST_CHUNKS = 15;

const sourceOf = (name: string) => path.join(import.meta.dirname, ENTRIES[name] ?? name);

/** What each entry's source imports besides. */
const importedBy = new Map(
  TIERS.flatMap(({ entries, above }) =>
    entries.map((name) => [sourceOf(name), [...entries, ...above].filter((other) => other !== name).map(sourceOf)]),
  ),
);

const tiers: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'tiers',
  setup(build) {
    build.onLoad(
      { filter: /[\\/]src[\\/](?:index|(?:entries|internal)[\\/][\w-]+|do[\\/]imperative[\\/]methods)\.ts$/ },
      ({ path: file }) => {
        const others = importedBy.get(file);
        if (!others) return { errors: [{ text: `${file} has no tier in tsup.config.ts` }] };
        const imports = others.map((other) => `import ${JSON.stringify(other)};\n`);
        return { contents: readFileSync(file, 'utf8') + imports.join(''), loader: 'ts' };
      },
    );
    build.onEnd(({ outputFiles = [] }) => {
      const chunks = outputFiles.filter((file) => path.basename(file.path).startsWith('chunk-'));
      if (chunks.length <= MOST_CHUNKS) return {};
      return { errors: [{ text: `${chunks.length} chunks: the tiers in tsup.config.ts are not above each other` }] };
    });
  },
};

export default defineConfig(
  withDeclarations({
    entry: ENTRIES,
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    splitting: true,
    sourcemap: false,
    removeNodeProtocol: false,
    esbuildPlugins: [tiers],
    esbuildOptions(options) {
      options.logOverride = { 'ignored-bare-import': 'silent' }; // modules of core have no side effects
    },
  }),
);
