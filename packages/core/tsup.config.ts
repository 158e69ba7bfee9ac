import { defineConfig } from 'tsup';
import { withDeclarations } from '../../scripts/with-declarations.mjs';

export default defineConfig(
  withDeclarations({
    entry: {
      index: 'src/index.ts',
      adapter: 'src/entries/adapter.ts',
      driver: 'src/entries/driver.ts',
      plan: 'src/entries/plan.ts',
      check: 'src/entries/check.ts',
      report: 'src/entries/report.ts',
      probe: 'src/entries/probe.ts',
      moves: 'src/entries/moves.ts',
      snapshot: 'src/entries/snapshot.ts',
      cidr: 'src/entries/cidr.ts',
      kinds: 'src/entries/kinds.ts',
      planner: 'src/entries/planner.ts',
      graph: 'src/entries/graph.ts',
      spec: 'src/entries/spec.ts',
      'spec-json': 'src/entries/spec-json.ts',
      decode: 'src/entries/decode.ts',
      node: 'src/entries/node.ts',
    },
    format: ['esm', 'cjs'],
    target: 'es2022',
    platform: 'neutral',
    external: [/^node:/],
    splitting: true,
    sourcemap: false,
  }),
);
