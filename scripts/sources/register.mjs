// Preloaded into the processes of the tests: they import the workspace's sources with Node's own loader.
import module, { register } from 'node:module';

register('./hooks.mjs', import.meta.url);

// Vitest reports each import to its main process, which takes a fifth of the time of an import. Only `vitest watch` uses the reports.
if (process.env.VITEST_MODE === 'RUN') {
  module.register = (specifier, ...rest) =>
    specifier === '#nodejs-worker-loader' ? undefined : register(specifier, ...rest);
}
