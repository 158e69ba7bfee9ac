/**
 * Specs: what a person or a program declares, read and checked.
 * @packageDocumentation
 */
export { defineSpec, parseSpec } from '../spec/parse/parse.js';
export type { SpecInput } from '../spec/schema/spec-schema.js';
export { specFrom } from '../spec/parse/parse-read.js';
export { specFromSnapshot } from '../spec/generate/from-snapshot.js';
export { optionSpecYaml } from '../spec/needs/needs-schema.js';
export { parseNeeds } from '../spec/needs/parse-needs.js';
