import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const COMMANDS = path.resolve(import.meta.dirname, '../../src/commands');

it('loads the layout library with pictures only, and on first use', async () => {
  const uses = await Promise.all(
    readdirSync(COMMANDS).map(async (file) => {
      const { metafile } = await build({
        entryPoints: [path.join(COMMANDS, file)],
        bundle: true,
        write: false,
        metafile: true,
        platform: 'node',
        format: 'esm',
        packages: 'external',
        logLevel: 'silent',
      });
      const imports = Object.values(metafile.inputs).flatMap((one) => one.imports);
      return imports.flatMap((one) => (one.path === '@viz-js/viz' ? [[file, one.kind]] : []));
    }),
  );
  expect(uses.flat()).toEqual([
    ['explain.ts', 'dynamic-import'],
    ['graph.ts', 'dynamic-import'],
  ]);
});
