export { drawn, replayed, type EventSource } from './event-source.js';
export type { Inventory, InventoryRow } from './inventory/inventory.js';
export { INVARIANTS, type Invariant, type Violation } from './invariants.js';
export type { Built, Edit, Scenario } from './scenario.js';
export {
  EVENT_KINDS,
  MOVE_EVENTS,
  parseTrace,
  traceText,
  type CallFault,
  type EventKind,
  type TrialEvent,
} from './trace.js';
export { prepare, type Prepared } from './prepare.js';
export { trial } from './trial.js';
export type { TrialResult } from './trial-result.js';
export type { AnyWorld, MoveWorld, World } from './world.js';
export type { BuiltMove, MoveCommand, MoveEdit, MoveScenario } from './moves/move-scenario.js';
export { VirtualProcess, type Deed } from './virtual-process.js';
export { pairsOfEvents, singleEvents, tryAll, type TraceFailure } from './exhaustive.js';
export { hitsText } from './hits-text.js';
export { failureText, fuzz, type FuzzFailure, type FuzzOptions, type FuzzReport } from './fuzz.js';
export { replay, shrink } from './shrink.js';
