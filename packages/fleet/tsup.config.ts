import { defineConfig } from 'tsup';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

export default defineConfig(
  withDeclarations({
    entry: { index: 'src/index.ts', config: 'src/config.ts', report: 'src/report.ts', worker: 'src/worker.ts' },
    format: ['esm', 'cjs'],
    target: 'es2022',
    platform: 'node',
    shims: true, // `import.meta.url` in CommonJS
    splitting: true,
    sourcemap: false,
  }),
);
