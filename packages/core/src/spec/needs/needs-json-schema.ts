import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { formJsonSchema } from '../schema/form-json-schema.js';
import { needsSchema } from './needs-schema.js';

/** The JSON Schema of needs (draft 7). The published copy is `@postern/core/schema/needs.json`. */
export function needsJsonSchema({ clouds }: { readonly clouds: Clouds }): Record<string, unknown> {
  return formJsonSchema('Postern needs', needsSchema(clouds));
}
