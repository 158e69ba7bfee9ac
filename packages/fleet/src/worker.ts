/**
 * Workers of a fleet: what executes the units of runs. It loads the engine's SDK.
 * @packageDocumentation
 */
export type { RunRequest } from './model.js';
