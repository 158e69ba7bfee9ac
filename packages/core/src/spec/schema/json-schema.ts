import * as z from 'zod';
import type { KeyNotes } from './fields.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { specSchemaOf } from './spec-schema.js';

/** Allows a variable, so that editors do not report the text as invalid. */
const VARIABLE = '\\$\\{(env|var):[A-Za-z_][A-Za-z0-9_]*(:-[^}$]*)?\\}';

/**
 * The JSON Schema of a spec on the clouds of a set (draft 7, which editors read best). It is looser than `parseSpec`: what depends on two places at
 * once is not in it. The published copy is `@postern/core/schema/spec.json`.
 */
export function specJsonSchema(clouds: Clouds): Record<string, unknown> {
  const schema = z.toJSONSchema(specSchemaOf(clouds), {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      describeNotes(jsonSchema);
      if (jsonSchema.type !== 'string' || typeof jsonSchema.pattern !== 'string') return;

      jsonSchema.anyOf = [{ pattern: jsonSchema.pattern }, { pattern: VARIABLE }];
      delete jsonSchema.pattern;
    },
  });
  return { title: 'Postern spec', ...schema };
}

/** Notes that JSON Schema has no keyword for become part of the description: strict validators refuse unknown keywords. */
function describeNotes(jsonSchema: z.core.JSONSchema.BaseSchema): void {
  const { absent, cloud } = jsonSchema as KeyNotes;
  const { shown } = jsonSchema as { readonly shown?: KeyNotes['examples'] };
  if (shown !== undefined) jsonSchema.examples = [...shown];
  if (jsonSchema.description !== undefined) {
    const parts = [
      jsonSchema.description,
      absent === undefined ? '' : `Default: ${absent}.`,
      cloud === undefined ? '' : `${cloud} only.`,
    ];
    jsonSchema.description = parts.filter((part) => part !== '').join(' ');
  }
  for (const note of ['absent', 'cloud', 'shown', 'valueType']) delete jsonSchema[note];
}

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
