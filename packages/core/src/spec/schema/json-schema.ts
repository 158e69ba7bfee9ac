import * as z from 'zod';
import { specSchema } from './spec-schema.js';

/** Where a variable stands, editors must not complain that the text does not fit. */
const VARIABLE = '\\$\\{env:[A-Za-z_][A-Za-z0-9_]*\\}';

/**
 * The JSON Schema of a spec (draft 7, which editors read best). It is looser than `parseSpec`: what depends on two places at
 * once is not in it. The published copy is `@postern/core/schema/spec.json`.
 */
export function specJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(specSchema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.type !== 'string' || typeof jsonSchema.pattern !== 'string') return;
      jsonSchema.anyOf = [{ pattern: jsonSchema.pattern }, { pattern: VARIABLE }];
      delete jsonSchema.pattern;
    },
  });
  return { title: 'Postern spec', ...schema };
}
