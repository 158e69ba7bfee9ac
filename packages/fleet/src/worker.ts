/**
 * Workers of a fleet: what executes the units of runs. It loads the engine's SDK.
 * @packageDocumentation
 */
export { registerWorkers } from './engine/admin.js';
export { startWorker, type Worker, type WorkerOptions } from './worker/start-worker.js';
export { startWorkerProcesses, type WorkerProcesses } from './worker/worker-processes.js';
