/**
 * The file of a fleet: which specs are applied in which accounts and regions, and in which order.
 * @packageDocumentation
 */
export { fleetJsonSchema } from './config/fleet-file.js';
export type { FleetFile, FleetFileAccount, FleetFileWave, FleetSchedule, SpecSelection } from './config/fleet-file.js';
export type { FleetWork } from './config/entry-places.js';
export { loadFleet, type LoadFleetOptions } from './config/load-fleet.js';
export { nextOf, nextRuns, parseFleet, type ParseFleetOptions } from './config/parse-fleet.js';
export { planFleet, type FleetPlan, type FleetPlanWave, type SelectedSpec } from './config/plan-fleet.js';
export { runRequest, wavesFor, type RunRequestOptions } from './config/parse-fleet.js';
export { changesClouds } from './client.js';
export { broughtWorkOf } from './brought/names.js';
