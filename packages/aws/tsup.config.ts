import { defineConfig } from 'tsup';

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'node',
  splitting: true,
  sourcemap: false,
  dts: process.env['POSTERN_BUILD'] !== 'js',
});
