import { defineConfig } from 'tsup';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

export default defineConfig(
  withDeclarations({
    entry: {
      index: 'src/index.ts',
      report: 'src/report.ts',
      worker: 'src/worker.ts',
      ...Object.fromEntries(
        ['config', 'fleet', 'report', 'worker'].map((name) => [`internal/${name}`, `src/internal/${name}.ts`]),
      ),
    },
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    splitting: true,
    sourcemap: false,
  }),
);
