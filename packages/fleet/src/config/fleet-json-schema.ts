import { formJsonSchema } from '@postern/core/spec-form';
import { fleetSchema } from './fleet-schema.js';

/** The JSON Schema of the file of a fleet (draft 7). The published copy is `@postern/fleet/schema/fleet.json`. */
export function fleetJsonSchema(): Record<string, unknown> {
  return formJsonSchema('Postern fleet', fleetSchema);
}
