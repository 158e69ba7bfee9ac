import * as z from 'zod';
import { describeNotes } from '../schema/json-schema.js';
import { needsSchema } from './needs-schema.js';

/** The JSON Schema of needs (draft 7). The published copy is `@postern/core/schema/needs.json`. */
export function needsJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(needsSchema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      describeNotes(jsonSchema);
    },
  });
  return { title: 'Postern needs', ...schema };
}
