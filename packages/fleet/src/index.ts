export type { RunRequest, RunState } from './model.js';
export { fleetClient, type FleetClient } from './client.js';
export { startEngine, type Engine } from './engine/start-engine.js';
