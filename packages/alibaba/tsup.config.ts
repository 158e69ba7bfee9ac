import { defineConfig } from 'tsup';
import { asIfImported } from '../../scripts/as-if-imported.mjs';
import { importedCommonJs, requiredModulesOfNode } from '../../scripts/imported-commonjs.mjs';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

/** The entries beside the main one, and what it loads on first use. */
const TOGETHER = {
  ...Object.fromEntries(
    ['cloud', 'traditional/handover', 'planner', 'plans', 'cloud/checks'].map((folder) => [
      `${folder}/index.ts`,
      ['index.ts'],
    ]),
  ),
  'cloud/permissions.ts': ['index.ts'],
  'methods.ts': ['index.ts'],
  'client/proxy/proxied-client.ts': ['index.ts'],
  'traditional/handover/driver/handover-methods.ts': ['index.ts'],
};

export default defineConfig(
  withDeclarations({
    entry: {
      index: 'src/index.ts',
      cloud: 'src/cloud/index.ts',
      handover: 'src/traditional/handover/index.ts',
      'internal/handover': 'src/traditional/handover/internal.ts',
      planner: 'src/planner/index.ts',
      plans: 'src/plans/index.ts',
    },
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    splitting: true,
    sourcemap: false,
    metafile: true,
    // No dependency: `debug` looks whether it is there.
    external: ['supports-color'],
    // The vendor's client, a development dependency, is inside, in chunks that load with the first call.
    esbuildPlugins: [importedCommonJs(), requiredModulesOfNode(), asIfImported(import.meta.dirname, TOGETHER)],
    esbuildOptions(options) {
      options.logOverride = { 'ignored-bare-import': 'silent' }; // the modules have no side effects
      options.mainFields = ['module', 'main'];
      options.legalComments = 'none'; // the licenses are beside the bundle
    },
  }),
);
