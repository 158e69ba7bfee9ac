import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`packages/${path}`, import.meta.url));

const TESTS = ['packages/*/test/**/*.test.ts', 'examples/test/**/*.test.ts', 'scripts/test/**/*.test.ts'];

/**
 * Tests that change what a process has only one of: its environment, its HTTP client (nock), its arguments. They get a process each;
 * all others share processes, which saves loading the SDKs' schemas a hundred times.
 */
const ALONE = [
  'examples/test/**/*.test.ts',
  'packages/cli/test/{errors,list-progress,process}.test.ts',
  'packages/cli/test/cidr/*.test.ts',
  'packages/*/test/readme.test.ts',
  'packages/aws/test/{partitions,cold-start,client/session,client/region}.test.ts',
  'packages/alibaba/test/{cold-start,client/session,observe/observe}.test.ts',
  'packages/testing/test/simulation/doors.test.ts',
  'packages/testing/test/shows/**/*.test.ts',
];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@postern\/core$/, replacement: source('core/src/index.ts') },
      { find: /^@postern\/core\/(spec|decode|node|cidr)$/, replacement: source('core/src/$1/index.ts') },
      { find: /^@postern\/core\/spec\/json$/, replacement: source('core/src/spec/json.ts') },
      { find: /^@postern\/core\/spec\/plain$/, replacement: source('core/src/spec/parse-plain.ts') },
      { find: /^@postern\/alibaba$/, replacement: source('alibaba/src/index.ts') },
      { find: /^@postern\/aws$/, replacement: source('aws/src/index.ts') },
      { find: /^@postern\/testing$/, replacement: source('testing/src/index.ts') },
      { find: /^@postern\/testing\/conformance$/, replacement: source('testing/src/conformance/index.ts') },
      { find: /^@postern\/testing\/vitest$/, replacement: source('testing/src/vitest.ts') },
    ],
  },
  test: {
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', NO_COLOR: '1' },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // By default one core is left free, which on two cores leaves half of the machine idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { extends: true, test: { name: 'shared', include: TESTS, exclude: ALONE, isolate: false } },
      { extends: true, test: { name: 'alone', include: ALONE } },
    ],
  },
});
