export * from '../worker.js';
export type { WorkerFailure } from '../worker/failures.js';
