import type { SpecInput } from './spec-schema.js';

/**
 * A spec in TypeScript, checked by the compiler: `export default defineSpec({ version: 1, project: 'shop', …
 * })` in a `postern.config.ts`. It returns its argument; `specFrom` converts it into a `Spec`. The argument
 * has exactly the type of a spec, because only then does the compiler refuse unknown keys at every level.
 */
export function defineSpec(input: SpecInput): SpecInput {
  return input;
}
