import { defineConfig } from 'tsup';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

export default defineConfig(
  withDeclarations({
    entry: {
      'conformance/index': 'src/conformance/index.ts',
      'harness/index': 'src/harness/index.ts',
      vitest: 'src/vitest.ts',
      'internal/conformance': 'src/internal/conformance.ts',
      'internal/harness': 'src/internal/harness.ts',
    },
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    external: ['vitest'],
    splitting: true,
    sourcemap: false,
  }),
);
