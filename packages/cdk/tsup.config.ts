import { defineConfig } from 'tsup';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

export default defineConfig(
  withDeclarations({
    entry: { index: 'src/index.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    sourcemap: false,
  }),
);
