import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** `*.verify.test.ts` are the tests of `npm run verify`, all others those of `npm test`. `npm run prove` runs both, with long counts. */
const TESTS = [
  'packages/*/test/**/*.test.ts',
  'examples/test/**/*.test.ts',
  'scripts/test/**/*.test.ts',
  'site/{,playground/}test/**/*.test.ts',
];

/** `npm test` leaves those of `npm run verify` out. */
const LEFT_OUT = process.env['POSTERN_TESTS'] === 'loop' ? ['**/*.verify.test.ts'] : [];

/** Tests that add rows to tables, or need the environment that a process begins with. They get a process each; all others share processes, which saves loading the SDKs' schemas a hundred times. */
const ALONE = [
  'packages/cli/test/process/compile-cache.verify.test.ts',
  'packages/core/test/do/snapshot/resources.test.ts',
];

/** Tests with workers of an engine, after which a process is slow. They share processes, since loading what workers need takes as long as such a test. */
const OF_FLEETS = ['packages/fleet/test/{fleet,engines,moves/*,handovers/*,guarantees/*,kills/*}.verify.test.ts'];

/** Tests that change what a process has only one of, and change it back: its environment, its HTTP client (nock), its output. */
const OF_A_PROCESS = [
  'examples/test/{migration-programs,migrate-api-group,move-programs}.verify.test.ts',
  'packages/cli/test/{apply/progress-list.test,errors/session-secrets.verify.test}.ts',
  'packages/aws/test/{partitions,client/session}.verify.test.ts',
  'packages/alibaba/test/readme.test.ts',
  'packages/simulator/test/{simulation/doors.test,alibaba/wire.test,traffic/alibaba/over-http.verify.test}.ts',
];

/** Node imports the sources itself: this takes a third of the CPU of Vite's module runner, which compiles them in one process. */
const WITH_NODE = {
  // A young generation of 64 MB: fewer collections copy what lives until a file ends (3 to 5 % of CPU).
  execArgv: ['--max-semi-space-size=64', '--import', new URL('scripts/sources/register.mjs', import.meta.url).href],
  experimental: { viteModuleRunner: false, nodeLoader: false },
};

/** Seconds that files took in `npm run prove`, which writes them. A file that is not there takes less than a second. */
const SECONDS = new URL('scripts/proofs-seconds.json', import.meta.url);

/**
 * Where no earlier run is known, vitest takes larger files for longer. Files with processes and engines begin first, since they wait, or
 * one core waits for them at the end. A part of `npm run prove` is cut by measured seconds: the longest file goes to the part that has least.
 * Shorter files go to a part by their names. So a new file moves no other to another part, and parts of two commits are the same.
 */
class ByTime extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project }: TestSpecification): number => (project.name === 'shared' ? 1 : 0);
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }

  override shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { index = 1, count = 1 } = this.ctx.config.shard ?? {};
    const measured: Record<string, number> = existsSync(SECONDS) ? JSON.parse(readFileSync(SECONDS, 'utf8')) : {};
    const parts = Array.from({ length: count }, () => ({ seconds: 0, names: new Set<string>() }));
    const rows = Object.entries(measured).toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
    for (const [name, seconds] of rows) {
      const least = parts.reduce((one, other) => (other.seconds < one.seconds ? other : one));
      least.names.add(name);
      least.seconds += seconds;
    }
    const isHere = (name: string) =>
      name in measured
        ? parts[index - 1]?.names.has(name)
        : createHash('sha256').update(name).digest().readUInt32BE() % count === index - 1;
    const name = ({ moduleId }: TestSpecification) =>
      path.relative(import.meta.dirname, moduleId).replaceAll(path.sep, '/');
    return Promise.resolve(files.filter((file) => isHere(name(file))));
  }
}

/** A limit for tests that hang. A busy machine is many times slower, so it is far above what any test takes; long runs have more. */
const LIMIT_MS = process.env['POSTERN_PROVE'] === undefined ? 300_000 : 900_000;

export default defineConfig({
  test: {
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', NO_COLOR: '1' },
    testTimeout: LIMIT_MS,
    hookTimeout: LIMIT_MS,
    pool: 'forks',
    runner: new URL('scripts/sources/cpu-runner.mjs', import.meta.url).pathname,
    sequence: { sequencer: ByTime },
    // By default one core is left free, which on two cores leaves half of the machine idle. Three workers on two cores took longer than two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: TESTS,
          exclude: [...ALONE, ...OF_FLEETS, ...OF_A_PROCESS, ...LEFT_OUT],
          isolate: false,
          ...WITH_NODE,
        },
      },
      {
        extends: true,
        test: { name: 'of a process', include: OF_A_PROCESS, exclude: LEFT_OUT, isolate: false, ...WITH_NODE },
      },
      { extends: true, test: { name: 'alone', include: ALONE, exclude: LEFT_OUT, ...WITH_NODE } },
      {
        extends: true,
        test: { name: 'fleets', include: OF_FLEETS, exclude: LEFT_OUT, isolate: false, ...WITH_NODE },
      },
    ],
  },
});
