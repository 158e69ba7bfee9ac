import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'node',
  splitting: true,
  sourcemap: false,
  // The declarations of core are read from its sources, so that packages can be built side by side.
  dts:
    process.env['POSTERN_BUILD'] === 'js'
      ? false
      : {
          compilerOptions: {
            baseUrl: '.',
            paths: {
              '@postern/core': ['../core/src/index.ts'],
              '@postern/core/cidr': ['../core/src/cidr/index.ts'],
            },
          },
        },
});
