import { defineConfig } from 'tsup';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

export default defineConfig(
  withDeclarations({
    entry: {
      index: 'src/index.ts',
      'adapter/index': 'src/adapter/index.ts',
      driver: 'src/adapter/driver.ts',
      'cidr/index': 'src/cidr/index.ts',
      'kinds/index': 'src/kinds/index.ts',
      'planner/index': 'src/planner/index.ts',
      'graph/index': 'src/graph/index.ts',
      'spec/index': 'src/spec/index.ts',
      'spec/json': 'src/spec/json.ts',
      'decode/index': 'src/decode/index.ts',
      'node/index': 'src/node/index.ts',
    },
    format: ['esm', 'cjs'],
    target: 'es2022',
    platform: 'neutral',
    external: [/^node:/],
    splitting: true,
    sourcemap: false,
  }),
);
