import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import { defineConfig } from 'tsup';

// The command starts in little more than an empty Node process (bench/cold-start.mjs). So bin.js is one CommonJS file that
// holds commander and the grammar, and nothing else: ES modules cost 5 to 10 ms more. Every command is an ES module of its
// own in dist/commands, loaded when it is called, and all other packages stay outside until a command imports them.

/** Leaves what bin.js loads later to the other build. */
const later: Plugin = {
  name: 'later',
  setup(build) {
    build.onResolve({ filter: /^\.\/(?:commands\/[a-z]+|report-error)\.js$/ }, ({ path }) => ({
      path: path.replace(/\.js$/, '.mjs'),
      external: true,
    }));
  },
};

/** Where core's entries are written: what is bundled needs no build of core. */
const core = {
  '@postern/core': '../core/src/index.ts',
  '@postern/core/cidr': '../core/src/cidr/index.ts',
  '@postern/core/spec': '../core/src/spec/index.ts',
  '@postern/core/spec/json': '../core/src/spec/json.ts',
  '@postern/core/decode': '../core/src/decode/index.ts',
  '@postern/core/node': '../core/src/node/index.ts',
};

/** Commander loads it at once, and uses it only for commands that are programs of their own, of which there are none. */
const noChildProcess: Plugin = {
  name: 'no-child-process',
  setup(build) {
    build.onResolve({ filter: /^(?:node:)?child_process$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {};' }));
  },
};

export default defineConfig([
  {
    entry: { bin: 'src/bin.ts' },
    format: ['cjs'],
    outExtension: () => ({ js: '.js' }),
    target: 'es2022',
    platform: 'node',
    minify: true,
    sourcemap: false,
    dts: false,
    noExternal: ['commander'],
    esbuildPlugins: [later, noChildProcess],
    onSuccess: async () => {
      mkdirSync('dist', { recursive: true });
      writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
    },
  },
  {
    entry: ['src/commands/*.ts', '!src/commands/check.ts', '!src/commands/explain.ts', 'src/report-error.ts'],
    format: ['esm'],
    outExtension: () => ({ js: '.mjs' }),
    target: 'es2022',
    platform: 'node',
    splitting: true,
    sourcemap: false,
    dts: false,
  },
  // A check of a file takes little longer than its start: so what it needs of core and of the parsers stands in few files, without the rest.
  {
    entry: { 'commands/check': 'src/commands/check.ts', 'commands/explain': 'src/commands/explain.ts' },
    format: ['esm'],
    outExtension: () => ({ js: '.mjs' }),
    target: 'es2022',
    platform: 'node',
    splitting: true,
    minify: true,
    sourcemap: false,
    dts: false,
    noExternal: [/^@postern\/core(?:\/|$)/, 'zod', 'yaml', 'proper-lockfile'],
    // yaml and proper-lockfile are CommonJS, and ask for Node's own modules when they are first used.
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
    esbuildOptions(options) {
      options.alias = Object.fromEntries(Object.entries(core).map(([name, file]) => [name, path.resolve(file)]));
    },
  },
]);
