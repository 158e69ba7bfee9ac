/**
 * What a file that users write is read with, as specs are: a schema of `zod`, errors with line, column and remedy, and a
 * JSON Schema for editors.
 * @packageDocumentation
 */
export { parseForm } from '../spec/parse/parse-form.js';
export type { Problem } from '../spec/problems/problem.js';
export { formJsonSchema } from '../spec/schema/json-schema.js';
export { duration, name, oneOf, region, say, strict, text } from '../spec/schema/fields.js';
export { called, optional, required } from '../spec/schema/fields.js';
