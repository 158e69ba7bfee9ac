export {
  InvalidInputError,
  UnsupportedError,
  CloudError,
  PosternError,
  WaitError,
  isPosternError,
  type CloudErrorOptions,
  type PosternErrorOptions,
  type SourcePlace,
  type WaitErrorOptions,
} from '../ground/errors.js';
export type { Simulator } from '../ground/clocks/simulator-address.js';
export { ERROR_CODES, type ErrorCode } from '../ground/error-codes.js';
export type { ErrorDetails } from '../ground/error-details.js';
export type { Clock } from '../ground/clock.js';
export type { CallContext, CallRetry, Trace } from '../ground/calls/call-context.js';
export type { Driver, Identity } from '../do/driver.js';
export type { Owner } from '../do/model/owner.js';
export type { Link, LinkKind, LinkState } from '../do/model/link.js';
export type { Target, TargetRef, TargetTls } from '../do/model/target.js';
export type { GatewaySpec } from '../do/model/gateway.js';
export type { GatewayKind } from '../do/model/gateway-kind.js';
export type { Egress } from '../do/model/link.js';
export type { AllowEntry, PortRange } from '../do/model/allowlist.js';
export type { IntegrationSpec, LinkSpec, Spec, TargetSpec } from '../do/spec.js';
export type { Gap, RegionSnapshot, Snapshot } from '../do/snapshot/snapshot.js';
export { realClock } from '../ground/clocks/real-clock.js';
export { simulatorAt } from '../ground/clocks/simulator.js';
export { createContext, type ContextOptions } from '../do/context.js';
export { memoryJournal, type Journal, type JournalRecord } from '../do/apply/journal.js';
export { gatewayRef, linkRef, type GatewayRef, type LinkRef } from '../do/model/reference.js';
export { PrivateIntegrations } from '../do/private-integrations.js';
export type { LinksAndRoutes } from '../do/imperative/links-and-routes.js';
export type {
  AllowOptions,
  ApplyCallOptions,
  CallOptions,
  CheckCallOptions,
  DeleteLinkOptions,
  DestroyCallOptions,
  EnsureOptions,
  EnsureRouteOptions,
  EventOptions,
  ExplainCallOptions,
  ForgetCallOptions,
  ObserveCallOptions,
  PlanCallOptions,
  PrivateIntegrationsOptions,
  ProbeCallOptions,
  ReleaseOptions,
  RevokeOptions,
} from '../do/imperative/call-options.js';
export type { EnsureLink, EnsureTarget, LinkOrId, LinkTarget, NamedLink } from '../do/imperative/requests.js';
export type { Changed, Ensured, EnsuredLink } from '../do/imperative/ensured.js';
export type { LinkUse } from '../do/imperative/link-uses.js';
export { driversOf, type DriverPlace, type Drivers } from '../do/context.js';
export type { AnySpec, SpecSource } from '../do/input/given-spec.js';
export type { ObserveOptions } from '../do/observe/read-places.js';
export type { JudgedPlan, Plan, PlanOptions, Step, Unit } from '../do/plan/plan.js';
export type { ApplyOptions } from '../do/apply/apply.js';
export type { RunEvent } from '../do/apply/events.js';
export type { CheckReport, Finding, Severity, Verdict } from '../do/findings/finding.js';
export type { CheckOptions } from '../do/findings/check.js';
export type { Judge } from '../do/plan/judge.js';
export type { RouteSettings, RouteParameters } from '../do/model/route.js';
