export * from '../index.js';
export type { CloudErrorOptions, PosternErrorOptions, WaitErrorOptions } from '../ground/errors.js';
export type { Simulator } from '../ground/clocks/simulator-address.js';
export { ERROR_CODES } from '../ground/error-codes.js';
export type { ErrorDetails } from '../ground/error-details.js';
export type { CallRetry } from '../ground/calls/call-context.js';
export type { Identity } from '../do/driver.js';
export type { Owner } from '../do/model/owner.js';
export type { LinkKind, LinkState } from '../do/model/link.js';
export type { TargetTls } from '../do/model/target.js';
export type { GatewaySpec } from '../do/model/gateway.js';
export type { GatewayKind } from '../do/model/gateway-kind.js';
export type { AllowEntry, PortRange } from '../do/model/allowlist.js';
export type { IntegrationSpec, LinkSpec, TargetSpec } from '../do/spec.js';
export type { Gap, RegionSnapshot } from '../do/snapshot/snapshot.js';
export { gatewayRef, linkRef, type GatewayRef, type LinkRef } from '../do/model/reference.js';
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
  ProbeCallOptions,
  ReleaseOptions,
  RevokeOptions,
} from '../do/imperative/call-options.js';
export type { EnsureLink, EnsureTarget, LinkOrId, LinkTarget, NamedLink } from '../do/imperative/requests.js';
export type { Changed } from '../do/imperative/ensured.js';
export type { LinkUse } from '../do/imperative/link-uses.js';
export type { AnySpec, SpecSource } from '../do/input/given-spec.js';
export type { ObserveOptions } from '../do/observe/read-places.js';
export type { PlanOptions, Step, Unit } from '../do/plan/plan.js';
export type { ApplyOptions } from '../do/apply/apply.js';
export type { CheckReport, Severity, Verdict } from '../do/findings/finding.js';
export type { CheckOptions } from '../do/findings/check.js';
export type { Judge } from '../do/plan/judge.js';
export type { RouteSettings, RouteParameters } from '../do/model/route.js';
