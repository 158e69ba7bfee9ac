import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { defineConfig, type Options } from 'tsup';
import { importedCommonJs } from '../../scripts/imported-commonjs.mjs';
import { onlyUsedOperations } from '../../scripts/used-operations.mjs';

const SOURCES = path.join(import.meta.dirname, 'src');

/** What CommonJS modules need in a bundle of ES modules. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** Commander loads `node:child_process`, a tenth of what a start takes, for commands that are programs of their own. */
const commanderWithoutPrograms: Plugin = {
  name: 'commander-without-programs',
  setup(build) {
    build.onLoad({ filter: /[\\/]commander[\\/]lib[\\/]command\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      return {
        contents: text.replace("const childProcess = require('node:child_process');", 'const childProcess = {};'),
      };
    });
  },
};

/**
 * Modules of Node are required, not imported: for an import Node reads every member of the module, and so loads streams and more with
 * `node:fs`. That was a fifth of what a start takes.
 */
const requiredModulesOfNode: Plugin = {
  name: 'required-modules-of-node',
  setup(build) {
    build.onResolve({ filter: /^node:/ }, ({ path, kind, importer }) =>
      kind === 'import-statement' && importer.startsWith(SOURCES) ? { path, namespace: 'node' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'node' }, ({ path }) => {
      const required = `const all = require(${JSON.stringify(path)});\nexport default all;\n`;
      const members = Object.keys(createRequire(import.meta.url)(path) as object).filter((name) => name !== 'default');
      // What is not used is left out, and so not read.
      const read = members.map((name) => `export const ${name} = /* @__PURE__ */ (() => all.${name})();\n`);
      return { contents: required + read.join('') };
    });
  },
};

const COMMON: Options = { format: ['esm'], target: 'es2022', platform: 'node', minify: true };

// One file: each more would take a millisecond of each start.
const FRONT: Options = { ...COMMON, entry: { bin: 'src/bin.ts' }, external: ['./command.js'], splitting: false };

// command.js loads the grammar, and that a command when it is called. Everything is inside, in chunks that load on first use: the packages of
// the workspace from their sources, and the packages of others, which are all development dependencies.
const COMMAND: Options = {
  ...COMMON,
  entry: { command: 'src/command.ts' },
  splitting: true,
  metafile: true,
  // No command intercepts the calls of its own process. The other one is no dependency: `debug` looks whether it is there.
  external: ['nock', 'supports-color'],
  removeNodeProtocol: false,
  banner: { js: REQUIRE },
  esbuildPlugins: [commanderWithoutPrograms, requiredModulesOfNode, importedCommonJs(), onlyUsedOperations()],
  esbuildOptions(options) {
    // As ES modules where a package has both: what is not used is left out.
    options.mainFields = ['module', 'main'];
    options.legalComments = 'none'; // the licenses of all packages are beside the bundle
  },
};

// All in one file, which needs no package beside it: scripts/one-file.mjs.
const ONE_FILE: Options = {
  ...COMMAND,
  entry: { postern: 'src/bin.ts' },
  outExtension: () => ({ js: '.mjs' }),
  splitting: false,
  noExternal: [/./],
  esbuildOptions(options, context) {
    COMMAND.esbuildOptions?.(options, context);
    options.alias = { jiti: 'jiti/static' }; // with its compiler, which it reads from a file of its own otherwise
  },
};

export default defineConfig(process.env['POSTERN_BUILD'] === 'one-file' ? ONE_FILE : [FRONT, COMMAND]);
