export * from '../index.js';
export type {
  Approval,
  Author,
  FleetAccount,
  FleetEvent,
  FleetGoal,
  FleetMove,
  RunOptions,
  SpecState,
  StateCounts,
  UnitEvent,
} from '../model.js';
export type { FleetHandover } from '../handover/model.js';
export { findEngine, type EngineOptions } from '../engine/start-engine.js';
export { findRunning } from '../engine/running-engine.js';
