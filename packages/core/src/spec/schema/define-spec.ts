import type { SpecInput } from './spec-schema.js';

/**
 * A spec in TypeScript, checked by the compiler: `export default defineSpec({ version: 1, project: 'shop', … })` in a
 * `postern.config.ts`. It returns its argument; `specFrom` makes a `Spec` of it. The argument has the type of a spec and none of its
 * own: only so does the compiler refuse unknown keys at every level.
 */
export function defineSpec(input: SpecInput): SpecInput {
  return input;
}
