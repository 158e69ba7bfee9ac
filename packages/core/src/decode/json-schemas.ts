import * as z from 'zod';
import { eventSchema, refusedRunSchema, versionLineSchema } from './event-schema.js';
import { planSchema } from './plan-schema.js';
import { snapshotForm } from '../do/snapshot/snapshot-form.js';

/** The JSON Schema (draft 2020-12) of a snapshot file. */
export function snapshotJsonSchema(): Record<string, unknown> {
  return {
    title: 'Postern snapshot',
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...snapshotForm.schema,
  };
}

/** The JSON Schema of a plan file. */
export function planJsonSchema(): Record<string, unknown> {
  return jsonSchema('Postern plan', planSchema);
}

/** The JSON Schema of each line of a stream of events: the version first, then what happens during a run, or why there was none. */
export function eventJsonSchema(): Record<string, unknown> {
  return jsonSchema('Postern event', z.union([versionLineSchema, eventSchema, refusedRunSchema]));
}

function jsonSchema(title: string, schema: z.ZodType): Record<string, unknown> {
  return { title, ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) };
}
