import * as z from 'zod';
import { describeNotes } from './json-schema.js';

/** The JSON Schema (draft 7, which editors read best) of a schema whose keys are `optional` and `required`. */
export function formJsonSchema(title: string, form: z.ZodType): Record<string, unknown> {
  const schema = z.toJSONSchema(form, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      describeNotes(jsonSchema);
    },
  });
  return { title, ...schema };
}
