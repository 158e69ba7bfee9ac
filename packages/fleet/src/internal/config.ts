export { loadFleet } from '../config/load-fleet.js';
export { nextRuns, runRequest, wavesFor } from '../config/parse-fleet.js';
export type { FleetPlan } from '../config/plan-fleet.js';
export { changesClouds } from '../client.js';
export { broughtWorkOf } from '../brought/names.js';
