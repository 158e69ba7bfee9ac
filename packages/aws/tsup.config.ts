import { defineConfig } from 'tsup';
import { asIfImported } from '../../scripts/as-if-imported.mjs';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

/** The entries beside the main one, and what it loads on first use. */
const TOGETHER = {
  ...Object.fromEntries(
    ['cloud', 'planner', 'plans', 'cloud/checks'].map((folder) => [`${folder}/index.ts`, ['index.ts']]),
  ),
  'cloud/permissions.ts': ['index.ts'],
  'methods.ts': ['index.ts'],
};

export default defineConfig(
  withDeclarations({
    entry: {
      index: 'src/index.ts',
      cloud: 'src/cloud/index.ts',
      planner: 'src/planner/index.ts',
      plans: 'src/plans/index.ts',
    },
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    splitting: true,
    sourcemap: false,
    esbuildPlugins: [asIfImported(import.meta.dirname, TOGETHER)],
    esbuildOptions(options) {
      options.logOverride = { 'ignored-bare-import': 'silent' }; // the modules have no side effects
    },
  }),
);
