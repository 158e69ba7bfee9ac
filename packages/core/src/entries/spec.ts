/**
 * Specs: what a person or a program declares, read and checked.
 * @packageDocumentation
 */
export { defineSpec, parseSpec, type DefinedSpec } from '../spec/parse/parse.js';
export { specFrom } from '../spec/parse/parse-read.js';
export { specFromSnapshot } from '../spec/generate/from-snapshot.js';
export { optionSpecYaml } from '../spec/needs/needs-schema.js';
export { parseNeeds } from '../spec/needs/parse-needs.js';
