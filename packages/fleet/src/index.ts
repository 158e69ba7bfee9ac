export type {
  Approval,
  ApprovalAnswer,
  ApprovalKind,
  Author,
  FailedUnit,
  FleetAccount,
  FleetEvent,
  FleetGoal,
  FleetLimits,
  FleetMove,
  FleetMoves,
  FleetSpec,
  FleetState,
  FleetWave,
  MovedUnit,
  Retried,
  RunAction,
  RunOptions,
  RunRequest,
  RunState,
  SpecState,
  StateCounts,
  UnansweredParts,
  UnitEvent,
  UnitState,
  WatchedState,
} from './model.js';
export type { FleetHandover, FleetHandovers, HandoverUnit } from './handover/model.js';
export { fleetClient, type EngineAddress, type FleetClient } from './client.js';
export { checkEngine } from './engine/admin.js';
export { findEngine, type EngineBinary } from './engine/start-engine.js';
export { findRunning, type RunningEngine } from './engine/running-engine.js';
export { startEngine, type Engine, type EngineOptions } from './engine/start-engine.js';
