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
        composite: false,
        outDir: undefined,
        types: ['node'],
        baseUrl: '.',
        paths: {
          '@postern/core': [declaration('core/src/index.ts')],
          '@postern/core/internal/*': [declaration('core/src/internal/*.ts')],
          '@postern/core/*': [declaration('core/src/entries/*.ts')],
          '@postern/alibaba/cloud': [declaration('alibaba/src/cloud/index.ts')],
          '@postern/aws/cloud': [declaration('aws/src/cloud/index.ts')],
          '@postern/alibaba/planner': [declaration('alibaba/src/planner/index.ts')],
          '@postern/aws/planner': [declaration('aws/src/planner/index.ts')],
          '@postern/alibaba/plans': [declaration('alibaba/src/plans/index.ts')],
          '@postern/aws/plans': [declaration('aws/src/plans/index.ts')],
          '@postern/alibaba/handover': [declaration('alibaba/src/traditional/handover/index.ts')],
          '@postern/alibaba/internal/handover': [declaration('alibaba/src/traditional/handover/internal.ts')],
          '@postern/simulator/internal/*': [declaration('simulator/src/internal/*.ts')],
          '@postern/simulator': [declaration('simulator/src/index.ts')],
        },
      },
    },
  };
}
