import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`packages/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@postern\/core$/, replacement: source('core/src/index.ts') },
      { find: /^@postern\/core\/(spec|decode|node)$/, replacement: source('core/src/$1/index.ts') },
      { find: /^@postern\/alibaba$/, replacement: source('alibaba/src/index.ts') },
      { find: /^@postern\/aws$/, replacement: source('aws/src/index.ts') },
      { find: /^@postern\/testing$/, replacement: source('testing/src/index.ts') },
      { find: /^@postern\/testing\/conformance$/, replacement: source('testing/src/conformance/index.ts') },
      { find: /^@postern\/testing\/vitest$/, replacement: source('testing/src/vitest.ts') },
    ],
  },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', NO_COLOR: '1' },
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
  },
});
