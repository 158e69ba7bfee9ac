import { defineConfig } from 'tsup';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

export default defineConfig(
  withDeclarations({
    entry: { index: 'src/index.ts', 'internal/simulation': 'src/internal/simulation.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    splitting: true,
    sourcemap: false,
  }),
);
