export type {
  Approval,
  ApprovalAnswer,
  ApprovalKind,
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
  UnitState,
} from './model.js';
export { fleetClient, type Author, type EngineAddress, type FleetClient } from './client.js';
export { OLDEST_ENGINE, checkEngine, isOldEnough } from './engine/admin.js';
export { startEngine, type Engine, type EngineOptions } from './engine/start-engine.js';
