/**
 * Workers of a fleet: what executes the units of runs. It loads the engine's SDK.
 * @packageDocumentation
 */
export { registerWorkers } from './engine/admin.js';
export type { WorkerFailure } from './worker/failures.js';
export { startWorker, type Worker, type WorkerOptions } from './worker/start-worker.js';
export { restateRunner, type RestateRun, type RunOfUnit } from './worker/restate-runner.js';
export type { DriverOf } from './worker/works.js';
export type { HandoverAccess, HandoverClient } from './handover/access.js';
export { startWorkerProcesses, type WorkerProcesses, type WorkerProcessesOptions } from './worker/worker-processes.js';
