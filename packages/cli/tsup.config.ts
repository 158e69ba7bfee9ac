import { defineConfig } from 'tsup';

/** Commander is CommonJS, and requires modules of Node. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

// bin.js loads the grammar, and that a command when it is called. What commands share is in chunks. Packages stay outside, but for
// commander, which is so no package that an installation brings with it.
export default defineConfig({
  entry: { bin: 'src/bin.ts' },
  format: ['esm'],
  target: 'es2022',
  platform: 'node',
  splitting: true,
  minify: true,
  clean: true,
  noExternal: ['commander', '@jmespath-community/jmespath'],
  removeNodeProtocol: false,
  banner: { js: REQUIRE },
});
