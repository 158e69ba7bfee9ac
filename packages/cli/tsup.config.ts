import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'esbuild';
import { defineConfig, type Options } from 'tsup';

// The command starts in little more than an empty Node process (bench/cold-start.mjs). So main.cjs is one CommonJS file that
// holds commander and the grammar, and nothing else: ES modules cost 5 to 10 ms more. bin.js loads it with its compiled code,
// which costs less than half of compiling it. Every command is an ES module of its own in dist/commands, loaded when it is
// called, and all other packages stay outside until a command imports them.

/** A check of a file takes little longer than its start: these commands are one CommonJS file each, whose compiled code is kept. */
const COMPILED = ['check', 'explain'];

/**
 * What these commands load only for some inputs, in files of their own beside them, whose compiled code is kept as well: a file
 * takes the longer to load the more it holds, called or not.
 */
const PARTS: Readonly<Record<string, string>> = {
  '@postern/core/spec': '../core/src/spec/index.ts',
  '@postern/core/spec/json': '../core/src/spec/json.ts',
  '@postern/core/decode': '../core/src/decode/decode-snapshot.ts',
  '../session/open-session.js': 'src/session/open-session.ts',
  '../report/junit-xml.js': 'src/report/junit-xml.ts',
  '../graph/draw-explanations.js': 'src/graph/draw-explanations.ts',
};

/** `@postern/core/spec/json` is in `part-spec-json.cjs`. */
const partFile = (from: string): string =>
  `part-${from.replace(/^(?:@postern\/core\/|\.\.\/[a-z]+\/)|\.js$/g, '').replaceAll('/', '-')}`;

/** Leaves what is loaded only for some inputs to files of their own. */
const apart: Plugin = {
  name: 'apart',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && path in PARTS ? { path: partFile(path), namespace: 'compiled' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'compiled' }, ({ path }) => ({
      contents: loading(`${path}.cjs`),
      resolveDir: 'src',
    }));
  },
};

function loading(file: string): string {
  return `const { loadWithCompileCache } = require('./v8/compile-cache.js');
module.exports = loadWithCompileCache(require('node:path').join(__dirname, '${file}'));`;
}

/** What main.cjs loads later: the commands, and what is needed for errors and for files that are written. */
const LATER = /^\.\.?\/(?:commands\/[a-z-]+|errors\/handle-error|output\/check-writable)\.js$/;

/** Leaves what main.cjs loads later to the other builds. */
const later: Plugin = {
  name: 'later',
  setup(build) {
    build.onResolve({ filter: LATER }, ({ path }) => {
      // The grammar stands in a folder of its own; all of it is in main.cjs.
      const file = path.replace(/^\.\.?\//, './').replace(/\.js$/, '');
      return COMPILED.some((name) => file === `./commands/${name}`)
        ? { path: `${file}.cjs`, namespace: 'compiled' }
        : { path: `${file}.mjs`, external: true };
    });
    build.onLoad({ filter: /.*/, namespace: 'compiled' }, ({ path }) => ({
      contents: loading(path),
      resolveDir: 'src',
    }));
  },
};

/** Where core's entries are written: what is bundled needs no build of core. */
const core = {
  '@postern/core': '../core/src/index.ts',
  '@postern/core/cidr': '../core/src/cidr/index.ts',
  '@postern/core/kinds': '../core/src/kinds/index.ts',
  '@postern/core/graph': '../core/src/graph/index.ts',
  '@postern/core/spec': '../core/src/spec/index.ts',
  '@postern/core/spec/json': '../core/src/spec/json.ts',
  '@postern/core/spec/plain': '../core/src/spec/parse-plain.ts',
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

/** Ends a file with the line that v8/compile-cache.ts tells two builds by. */
function mark(file: string): void {
  appendFileSync(file, `\n//# ${createHash('sha256').update(readFileSync(file)).digest('hex')}`);
}

const ALL: Options = { target: 'es2022', platform: 'node', sourcemap: false, dts: false };
const CJS: Options = { ...ALL, format: ['cjs'], outExtension: () => ({ js: '.cjs' }), minify: true };

export default defineConfig([
  {
    entry: { bin: 'src/bin.ts' },
    ...CJS,
    outExtension: () => ({ js: '.js' }),
    onSuccess: async () => {
      mkdirSync('dist', { recursive: true });
      writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
    },
  },
  {
    entry: { main: 'src/main.ts' },
    ...CJS,
    noExternal: ['commander'],
    esbuildPlugins: [later, noChildProcess],
    removeNodeProtocol: false, // or no plugin gets to see node:child_process
    esbuildOptions: (options) => void (options.charset = 'ascii'),
    onSuccess: async () => {
      const start = '"use strict";';
      const text = readFileSync('dist/main.cjs', 'utf8');
      const code = text.slice(start.length).replaceAll(/(?<![\w$.])import\(/g, 'importModule(');
      if (!text.startsWith(start) || !code.includes('importModule("./commands/plan.mjs")'))
        throw new Error('main.cjs is not as v8/compile-cache.ts needs it');
      // Newer versions of Node load it themselves, without an importModule.
      const importing = 'const importModule=module.importModule??((name)=>import(name));';
      writeFileSync('dist/main.cjs', `${start}${importing}${code}`);
      mark('dist/main.cjs');
    },
  },
  {
    entry: [
      'src/commands/*.ts',
      ...COMPILED.map((name) => `!src/commands/${name}.ts`),
      'src/errors/handle-error.ts',
      'src/output/check-writable.ts',
    ],
    ...ALL,
    format: ['esm'],
    outExtension: () => ({ js: '.mjs' }),
    splitting: true,
  },
  {
    entry: Object.fromEntries([
      ...COMPILED.map((name) => [`commands/${name}`, `src/commands/${name}.ts`] as const),
      ...Object.entries(PARTS).map(([from, file]) => [`commands/${partFile(from)}`, file] as const),
    ]),
    esbuildPlugins: [apart],
    ...CJS,
    // Required as CommonJS, the XML builder would be a member of what it exports; its two dependencies come with it.
    noExternal: [
      /^@postern\/core(?:\/|$)/,
      'zod',
      'yaml',
      'proper-lockfile',
      'fast-xml-builder',
      'path-expression-matcher',
      'xml-naming',
    ],
    esbuildOptions(options) {
      options.alias = Object.fromEntries(Object.entries(core).map(([name, file]) => [name, path.resolve(file)]));
      options.charset = 'ascii';
      // A script whose compiled code was kept cannot import: it loads what stays outside (adapters, prompts) with require.
      options.supported = { 'dynamic-import': false };
    },
    onSuccess: async () => {
      for (const name of [...COMPILED, ...Object.keys(PARTS).map(partFile)]) mark(`dist/commands/${name}.cjs`);
    },
  },
]);
