/**
 * What a file that users write is read with, as specs are: a schema of `zod`, errors with line, column and remedy, and a
 * JSON Schema for editors.
 */
export * from '../spec/parse/parse-form.js';
export * from '../spec/problems/problem.js';
export * from '../spec/schema/json-schema.js';
export * from '../spec/schema/fields.js';
