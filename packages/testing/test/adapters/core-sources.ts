import path from 'node:path';
import type { Plugin } from 'esbuild';

const core = path.resolve(import.meta.dirname, '../../../core/src');

/** Takes core's entries from their sources, so that no build needs to be there; those not named stay outside of the bundle. */
export function coreSources(...entries: readonly string[]): Plugin {
  return {
    name: 'core-sources',
    setup: (build) => {
      build.onResolve({ filter: /^@postern\/core\/internal\/\w+$/ }, ({ path: name }) => {
        const entry = name.split('/')[3];
        return entries.some((one) => one === entry)
          ? { path: path.join(core, `internal/${entry}.ts`) }
          : { path: name, external: true };
      });
    },
  };
}
