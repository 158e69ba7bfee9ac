import path from 'node:path';
import type { Plugin } from 'esbuild';

/** The built bin.js loads a file beside it, with its compiled code. Here it is a part of the bundle. */
export const mainInBundle: Plugin = {
  name: 'main in bundle',
  setup: (own) =>
    own.onLoad({ filter: /[\\/]cli[\\/]src[\\/]v8[\\/]compile-cache\.ts$/ }, ({ path: file }) => ({
      contents: `import * as main from '../main.js'; export const loadWithCompileCache = () => main;`,
      resolveDir: path.dirname(file),
    })),
};
