import type { SpecInput } from './schema.js';

/**
 * A spec in TypeScript, checked by the compiler: `export default defineSpec({ version: 1, project: 'shop', … })` in a
 * `postern.config.ts`. It returns its argument; `specFrom` makes a `Spec` of it.
 */
export function defineSpec<const Input extends SpecInput>(input: Input): Input {
  return input;
}
