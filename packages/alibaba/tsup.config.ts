import { defineConfig } from 'tsup';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

export default defineConfig(
  withDeclarations({
    entry: {
      index: 'src/index.ts',
      cloud: 'src/cloud/index.ts',
      handover: 'src/traditional/handover/index.ts',
      planner: 'src/planner/index.ts',
      plans: 'src/plans/index.ts',
    },
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    splitting: true,
    sourcemap: false,
  }),
);
