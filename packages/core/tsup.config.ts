import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, type Options } from 'tsup';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

/** The source of each entry, from the package's folder on. */
const ENTRIES: Record<string, string> = {
  index: 'src/index.ts',
  ...Object.fromEntries(
    readdirSync(path.join(import.meta.dirname, 'src/entries'))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [name.replace(/\.ts$/, ''), `src/entries/${name}`]),
  ),
};

/** No entry: what `index` loads with the first call of a session. */
const METHODS = 'src/do/imperative/methods.ts';

/**
 * Each entry, the lower ones first. esbuild makes a chunk for each set of entries that reach a module. These entries had 100 such sets, and
 * Node takes about a millisecond for each file. So an entry is built as if it imported all entries of its tier, and those of the tier below.
 * `decode` and what is above it load packages of others. `node` alone loads modules of Node.
 * See docs/decisions/0032-one-bundler.md.
 */
const TIERS: readonly { entries: readonly string[]; above: readonly string[] }[] = [
  { entries: ['driver', 'kinds'], above: [] },
  { entries: ['index'], above: ['kinds'] },
  { entries: ['cidr'], above: ['kinds'] },
  { entries: ['adapter', 'telemetry'], above: ['cidr', 'index'] },
  { entries: ['engine', 'plan', 'probe', 'snapshot', METHODS], above: ['adapter'] },
  { entries: ['checks'], above: ['engine'] },
  { entries: ['check', 'cloud', 'graph', 'moves', 'report'], above: ['checks'] },
  { entries: ['decode', 'spec-json'], above: ['engine'] },
  { entries: ['planner', 'spec', 'spec-form'], above: ['decode'] },
  { entries: ['overlay'], above: ['check', 'spec'] },
  { entries: ['watch'], above: ['check', 'decode'] },
  { entries: ['node'], above: ['check', 'decode'] },
];

/** One for most tiers, and one for each set of modules that tiers share which are not above each other. */
const MOST_CHUNKS = 12;

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
      { filter: /[\\/]src[\\/](?:index|entries[\\/][\w-]+|do[\\/]imperative[\\/]methods)\.ts$/ },
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
