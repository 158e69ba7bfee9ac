export { parseSpec } from './parse.js';
export { specFrom, type ParseSpecOptions } from './parse-read.js';
export { defineSpec } from './define-spec.js';
export { scanText } from './scan.js';
export { specJsonSchema } from './json-schema.js';
export { specFromSnapshot, type SpecFromSnapshotOptions } from './from-snapshot.js';
export type { SpecInput } from './schema.js';
export type { PlacedProblem } from './problem.js';
export type { Environment } from './env.js';
