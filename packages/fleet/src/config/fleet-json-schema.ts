import type { Clouds } from '@postern/core/kinds';
import { formJsonSchema } from '@postern/core/spec-form';
import { fleetSchemaOf } from './fleet-schema.js';

/**
 * The JSON Schema of the file of a fleet (draft 7) on some clouds. The published copy, on AWS and Alibaba Cloud, is
 * `@postern/fleet/schema/fleet.json`.
 */
export function fleetJsonSchema(clouds: Clouds): Record<string, unknown> {
  return formJsonSchema('Postern fleet', fleetSchemaOf(clouds));
}
