import { createRequire } from 'node:module';
import path from 'node:path';

/** Reads YAML as core does: the workspace itself has no dependency on a parser. */
export const { parse } = createRequire(path.resolve(import.meta.dirname, '../../packages/core/package.json'))(
  'yaml',
) as {
  readonly parse: (text: string) => unknown;
};
