// What tsup does about declarations. Loaded by the packages' tsup.config.ts.
import path from 'node:path';

/**
 * tsup's options as they are, unless POSTERN_BUILD is `types`: then all that it does is to gather, for each entry, the declarations that
 * tsc left in .cache/types (declarations.mjs).
 */
export function withDeclarations(options) {
  if (process.env.POSTERN_BUILD !== 'types') return { ...options, dts: false };
  const folder = path.basename(process.cwd());
  const declaration = (source) => `../../.cache/types/packages/${source.replace(/\.ts$/, '.d.ts')}`;
  const entries = Object.entries(options.entry).map(([name, source]) => [name, declaration(`${folder}/${source}`)]);
  return {
    ...options,
    dts: {
      only: true,
      entry: Object.fromEntries(entries),
      compilerOptions: {
        types: ['node'],
        baseUrl: '.',
        paths: {
          '@postern/core': [declaration('core/src/index.ts')],
          '@postern/core/adapter': [declaration('core/src/entries/adapter.ts')],
          '@postern/core/driver': [declaration('core/src/entries/driver.ts')],
          '@postern/core/cidr': [declaration('core/src/entries/cidr.ts')],
          '@postern/core/kinds': [declaration('core/src/entries/kinds.ts')],
          '@postern/simulator': [declaration('simulator/src/index.ts')],
        },
      },
    },
  };
}
