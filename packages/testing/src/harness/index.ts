export { failureText, fuzz, type FuzzFailure, type FuzzOptions, type FuzzReport } from './fuzz.js';
export { hitsText } from './hits-text.js';
export type { BuiltMove, MoveCommand, MoveEdit, MoveScenario } from './moves/move-scenario.js';
export type {
  BuiltHandover,
  DnsOwner,
  HandedOver,
  HandoverCommand,
  HandoverReading,
  HandoverScenario,
} from './handover/handover-scenario.js';
export { prepare, type Prepared } from './prepare.js';
export type { Built, Edit, Scenario } from './scenario.js';
export type { Removal } from './trial/removal.js';
export { replay } from './shrink.js';
export type { TrialResult } from './trial/trial-record.js';
export type { VirtualProcess } from './trial/virtual-process.js';
export type { AnyScenario } from './world.js';
