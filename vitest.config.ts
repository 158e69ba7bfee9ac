import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const TESTS = [
  'packages/*/test/**/*.test.ts',
  'examples/test/**/*.test.ts',
  'scripts/test/**/*.test.ts',
  'site/{,playground/}test/**/*.test.ts',
];

/** Tests that add rows to tables, or need the environment that a process begins with. They get a process each; all others share processes, which saves loading the SDKs' schemas a hundred times. */
const ALONE = ['packages/cli/test/process/compile-cache.test.ts', 'packages/core/test/do/snapshot/resources.test.ts'];

/** Tests with workers of an engine, after which a process is slow. They share processes, since loading what workers need takes as long as such a test. */
const OF_FLEETS = ['packages/fleet/test/{fleet,engines,moves/*,handovers/*,guarantees/*,kills/*}.test.ts'];

/** Tests that change what a process has only one of, and change it back: its environment, its HTTP client (nock), its output. */
const OF_A_PROCESS = [
  'examples/test/{migration-programs,migrate-api-group,move-programs}.test.ts',
  'packages/cli/test/{apply/progress-list,errors/session-secrets}.test.ts',
  'packages/aws/test/{partitions,client/session}.test.ts',
  'packages/alibaba/test/readme.test.ts',
  'packages/simulator/test/{simulation/doors,alibaba/wire,traffic/alibaba/over-http}.test.ts',
];

/** Node imports the sources itself: this takes a third of the CPU of Vite's module runner, which compiles them in one process. */
const WITH_NODE = {
  // A young generation of 64 MB: fewer collections copy what lives until a file ends (3 to 5 % of CPU).
  execArgv: ['--max-semi-space-size=64', '--import', new URL('scripts/sources/register.mjs', import.meta.url).href],
  experimental: { viteModuleRunner: false, nodeLoader: false },
};

/**
 * Short files with long work: processes, bundles and pages that are followed, which are mostly waited for, the suites that every driver
 * passes, and seeded runs.
 */
const LONG =
  /[\\/]test[\\/](?:process|entries|action|(?:[\w-]+[\\/])*cold-start|pages[\\/][\w-]+|pages|transcripts|mcp[\\/]wire|conformance[\\/][\w-]+|harness[\\/]fuzz-[\w-]+|runs[\\/][\w-]+|advise-fragments)\.test\.ts$/;

/** Where no earlier run is known, vitest takes larger files for longer. The long ones first, or one core waits for them at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project, moduleId }: TestSpecification): number =>
      project.name !== 'shared' ? 0 : LONG.test(moduleId) ? 1 : 2;
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', NO_COLOR: '1' },
    // A limit for tests that hang. A busy machine is many times slower, so it is far above what any test takes.
    testTimeout: process.env['POSTERN_PROVE'] === undefined ? 300_000 : 3_600_000,
    hookTimeout: 300_000,
    pool: 'forks',
    runner: new URL('scripts/sources/cpu-runner.mjs', import.meta.url).pathname,
    sequence: { sequencer: LongestFirst },
    // By default one core is left free, which on two cores leaves half of the machine idle. Three workers on two cores took longer than two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: TESTS,
          exclude: [...ALONE, ...OF_FLEETS, ...OF_A_PROCESS],
          isolate: false,
          ...WITH_NODE,
        },
      },
      { extends: true, test: { name: 'of a process', include: OF_A_PROCESS, isolate: false, ...WITH_NODE } },
      { extends: true, test: { name: 'alone', include: ALONE, ...WITH_NODE } },
      {
        extends: true,
        test: { name: 'fleets', include: OF_FLEETS, isolate: false, ...WITH_NODE },
      },
    ],
  },
});
