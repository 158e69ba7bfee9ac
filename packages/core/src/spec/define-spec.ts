import type { Clouds } from '../do/kinds/cloud/clouds.js';
import type { SpecSource } from '../do/input/given-spec.js';
import { specFrom } from './parse/parse-read.js';
import type { SpecInput } from './schema/spec-schema.js';

/**
 * A spec in TypeScript, checked by the compiler: `export default defineSpec({ version: 1, project: 'shop', …
 * })` in a `postern.config.ts`. The result is the argument, and every function that takes a spec accepts it:
 * `gate.check(defineSpec({ … }))`. They read it as `specFrom` does with the
 * clouds of the driver, and throw its errors. Give `clouds` to functions without a driver. Call `specFrom` for a region or variables
 * from elsewhere. The argument has exactly the type of a spec, because only
 * then does the compiler refuse unknown keys at every level.
 */
export function defineSpec(input: SpecInput, options: { readonly clouds?: Clouds } = {}): SpecInput & SpecSource {
  // Not enumerable: a spec has no such member, and `JSON.stringify` writes the argument.
  const toSpec: SpecSource['toSpec'] = (given) => specFrom(input, { clouds: (options.clouds ?? given) as Clouds });
  return Object.defineProperty({ ...input }, 'toSpec', { value: toSpec }) as SpecInput & SpecSource;
}
