// A module of the sources, for scripts that write pages: bundled and evaluated, so that nothing has to be built before.
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { packageFolder } from './workspace.mjs';

/** What `contents` exports; it is TypeScript, in the folder `src` of the package. Packages of others are not bundled. */
export function moduleOf(folder, contents) {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: path.join(packageFolder(folder), 'src') },
    bundle: true,
    write: false,
    platform: 'neutral',
    packages: 'external',
    format: 'cjs',
    logLevel: 'error',
  });
  const module = { exports: {} };
  const require = createRequire(path.join(packageFolder(folder), 'package.json'));
  new Function('module', 'exports', 'require', outputFiles[0].text)(module, module.exports, require);
  return module.exports;
}
