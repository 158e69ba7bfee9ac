// An esbuild plugin: entries, and modules that load on first use, are built as if they imported others as well. esbuild makes a chunk for each
// set of them that reaches a module, and Node takes about a millisecond for each file; so the modules of a cloud are one chunk and not ten.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** @param rows files of `src`, each with those that it is built with: `{ 'plans/index.ts': ['cloud/index.ts'] }` */
export function asIfImported(root, rows) {
  const source = (file) => path.join(root, 'src', file);
  const others = new Map(Object.entries(rows).map(([file, more]) => [source(file), more.map(source)]));
  return {
    name: 'as-if-imported',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path: file }) => {
        const more = others.get(file);
        if (more === undefined) return undefined;
        const imports = more.map((other) => `import ${JSON.stringify(other)};\n`).join('');
        return { contents: readFileSync(file, 'utf8') + imports, loader: 'ts' };
      });
    },
  };
}
