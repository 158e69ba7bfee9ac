// esbuild plugins for packages in CommonJS that are bundled into ES modules.
import { createRequire, isBuiltin } from 'node:module';
import path from 'node:path';

/** Packages in CommonJS that the sources load on first use. `checkImported` finds one that is missing here. */
const PACKAGES = new Set(['@alicloud/credentials', '@alicloud/openapi-client', '@alicloud/openapi-util', 'yaml']);
const NAMESPACE = 'imported-commonjs';

/**
 * What `import()` of such a package returns in the bundle is what Node returns, `default` and the named exports. esbuild's chunk of it has
 * only `default`.
 */
export function importedCommonJs() {
  return {
    name: NAMESPACE,
    setup(build) {
      build.onResolve({ filter: /^[@\w]/ }, ({ path: name, kind, importer, resolveDir }) => {
        if (kind !== 'dynamic-import' || !PACKAGES.has(name)) return undefined;
        return { path: name, namespace: NAMESPACE, pluginData: { importer, resolveDir } };
      });
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path: name, pluginData: { importer, resolveDir } }) => {
        const names = Object.keys(createRequire(importer)(name)).filter((one) => one !== 'default');
        const contents = [
          `const all = require(${JSON.stringify(name)});`,
          'export default all;',
          ...names.map((one) => `const _${one} = all.${one};\nexport { _${one} as ${one} };`),
        ].join('\n');
        return { contents, resolveDir: resolveDir || path.dirname(importer) };
      });
    },
  };
}

/**
 * Modules of Node, which such a package requires: an ES module has no `require`. One that is made from `import.meta.url` fails where a user
 * bundles the library into CommonJS, as for a Lambda function.
 */
export function requiredModulesOfNode() {
  return {
    name: 'required-modules-of-node',
    setup(build) {
      build.onResolve({ filter: /^[\w:/]+$/ }, ({ path: name, kind }) =>
        kind === 'require-call' && isBuiltin(name) ? { path: name, namespace: 'builtin' } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path: name }) => ({
        contents: `module.exports = process.getBuiltinModule(${JSON.stringify(name)});`,
      }));
    },
  };
}

/** @throws where `import()` loads a package in CommonJS whose named exports would be missing. */
export function checkImported({ inputs }) {
  for (const [file, { imports }] of Object.entries(inputs)) {
    for (const { kind, path: imported, external } of imports) {
      if (kind !== 'dynamic-import' || external || inputs[imported]?.format !== 'cjs') continue;
      throw new Error(
        `${file} imports ${imported}, which is CommonJS: name its package in scripts/imported-commonjs.mjs`,
      );
    }
  }
}
