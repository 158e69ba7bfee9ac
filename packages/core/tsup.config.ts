import { readdirSync } from 'node:fs';
import { defineConfig } from 'tsup';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

const entries = readdirSync(new URL('src/entries', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map(({ name }) => [name.replace(/\.ts$/, ''), `src/entries/${name}`]);

export default defineConfig(
  withDeclarations({
    entry: { index: 'src/index.ts', ...Object.fromEntries(entries) },
    format: ['esm'],
    target: 'es2022',
    platform: 'neutral',
    external: [/^node:/],
    splitting: true,
    sourcemap: false,
  }),
);
