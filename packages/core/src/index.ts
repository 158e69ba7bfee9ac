/**
 * Private integrations of one cloud or several: made, planned and applied by a program.
 * @packageDocumentation
 */
export {
  CloudError,
  InvalidInputError,
  isPosternError,
  PosternError,
  UnsupportedError,
  WaitError,
  type SourcePlace,
} from './ground/errors.js';
export type { ErrorCode } from './ground/error-codes.js';
export type { Clock } from './ground/clock.js';
export type { CallContext, Trace } from './ground/calls/call-context.js';
export { realClock } from './ground/clocks/real-clock.js';
export { simulatorAt } from './ground/clocks/simulator.js';
export type { Driver } from './do/driver.js';
export type { Egress, Link } from './do/model/link.js';
export type { Target, TargetRef } from './do/model/target.js';
export type { Spec } from './do/spec.js';
export type { Snapshot } from './do/snapshot/snapshot.js';
export { createContext, driversOf, type DriverPlace, type Drivers } from './do/context.js';
export { memoryJournal, type Journal, type JournalRecord } from './do/apply/journal.js';
export { PrivateIntegrations } from './do/private-integrations.js';
export type { PrivateIntegrationsOptions } from './do/imperative/call-options.js';
export type { Ensured, EnsuredLink } from './do/imperative/ensured.js';
export type { JudgedPlan, Plan } from './do/plan/plan.js';
export type { RunEvent } from './do/apply/events.js';
export type { Finding } from './do/findings/finding.js';
export { clouds, type Clouds } from './do/kinds/cloud/clouds.js';
