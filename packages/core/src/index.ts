export { ERROR_CODES, type ErrorCode } from './error-codes.js';
export {
  CloudError,
  InvalidInputError,
  PosternError,
  UnsupportedError,
  WaitError,
  isPosternError,
  type CloudErrorOptions,
  type PosternErrorOptions,
  type SourcePlace,
  type WaitErrorOptions,
} from './errors.js';
export type { Clock } from './clock.js';
export type { Json } from './json.js';
export type { CallContext } from './calls/call-context.js';
export type { CallEnd, CallStart, Trace } from './calls/trace.js';
export type { PaceKey, Pacer, RateLimit } from './calls/pace.js';
export type {
  AllowlistDriver,
  Driver,
  DriverTraits,
  Identity,
  LinkDriver,
  MoveDriver,
  MoveUnit,
  RouteDriver,
  Scope,
  TargetDriver,
} from './driver.js';
export type { Owner } from './model/owner.js';
export {
  INTEGRATION_TAG,
  PART_TAG,
  PROJECT_TAG,
  SPEC_TAG,
  formatMark,
  isName,
  ownerFromTags,
  ownerTags,
  parseMark,
} from './model/marks.js';
export { canonicalJson, hashJson, hashText } from './hash.js';
export { displayBlock, displayText } from './display.js';
export type { Link, LinkKind, LinkRequest, LinkState, LinkStatus } from './model/link.js';
export type { Target, TargetRef, TargetTls, TargetUse } from './model/target.js';
export type { Gateway, GatewayRef, Stage } from './model/gateway.js';
export type { Route, RouteRequest } from './model/route.js';
export type { Egress, SeenBy } from './model/egress.js';
export type { AllowEntry, Allowlist } from './model/allowlist.js';
export type {
  Listener,
  LoadBalancer,
  Network,
  NetworkInterface,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
} from './model/network.js';
export type { IntegrationSpec, LinkSpec, LookUp, Spec, TargetSpec, Timeouts } from './model/spec.js';
export { SNAPSHOT_VERSION, type Gap, type RegionSnapshot, type Snapshot } from './snapshot/snapshot.js';
export { PLAN_VERSION, type Plan, type Step, type StepKind, type Unit } from './plan/plan.js';
export { EVENTS_VERSION, type EventError, type RunEvent } from './apply/events.js';
export { JOURNAL_VERSION, type Journal, type JournalRecord } from './apply/journal.js';
export type { Run } from './apply/run.js';
