import type { Cloud } from '../do/kinds/cloud/cloud.js';
import { clouds, type Clouds, type TypesIn } from '../do/kinds/cloud/clouds.js';
import type { SpecSource } from '../do/input/given-spec.js';
import { specFrom } from './parse/parse-read.js';
import type { SpecInput } from './schema/spec-schema.js';

/**
 * A spec in TypeScript, checked by the compiler:
 *
 * ```ts
 * export default defineSpec({ version: 1, project: 'shop', … }, { clouds: [cloud] }); // of @postern/aws/cloud
 * ```
 *
 * The result is the argument, and every function that takes a spec accepts it: `gate.check(defineSpec({ … }))`. They read it as
 * `specFrom` does, and throw its errors. Call `specFrom` for a region or variables from elsewhere.
 *
 * `clouds` are those that it may name, and the compiler refuses keys of others. Without them it is read with the clouds of the driver:
 * then the compiler accepts the keys of links that all clouds have, and any key of a gateway or a target.
 */
export function defineSpec<const A extends readonly Cloud[] | Clouds = Clouds>(
  input: SpecInput<TypesIn<NoInfer<A>>>,
  options: { readonly clouds?: A | undefined } = {},
): SpecInput<TypesIn<A>> & SpecSource {
  const set = isList(options.clouds) ? clouds(options.clouds) : options.clouds;
  // Not enumerable: a spec has no such member, and `JSON.stringify` writes the argument.
  const toSpec: SpecSource['toSpec'] = (given) => specFrom(input, { clouds: (set ?? given) as Clouds });
  return Object.defineProperty({ ...input }, 'toSpec', { value: toSpec }) as SpecInput<TypesIn<A>> & SpecSource;
}

const isList = (given: readonly Cloud[] | Clouds | undefined): given is readonly Cloud[] => Array.isArray(given);
