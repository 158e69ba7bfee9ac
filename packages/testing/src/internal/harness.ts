export * from '../harness/index.js';
export type { FuzzOptions, Prepared } from '../harness/fuzz.js';
export type { Built, Edit, Scenario } from '../harness/scenario.js';
export type { AnyScenario } from '../harness/ground.js';
export type { BuiltMove, MoveCommand, MoveEdit, MoveScenario } from '../harness/moves/move-scenario.js';
export type { BuiltHandover, HandoverCommand, HandoverScenario } from '../harness/handover/handover-scenario.js';
export type { Removal } from '../harness/trial/removal.js';
export type { VirtualProcess } from '../harness/trial/virtual-process.js';
