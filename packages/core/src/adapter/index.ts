/** What an adapter is written with: the model, the methods of a driver, calls, errors, marks and blocks. None of it loads checks or plans. */
export * from './driver.js';
export { ERROR_CODES, type ErrorCode } from '../error-codes.js';
export {
  CloudError,
  PosternError,
  WaitError,
  isPosternError,
  type CloudErrorOptions,
  type PosternErrorOptions,
  type SourcePlace,
  type WaitErrorOptions,
} from '../errors.js';
export type { Clock } from '../clock.js';
export type { Json } from '../json.js';
export type { CallContext } from '../calls/call-context.js';
export type { PaceKey, Pacer, RateLimit } from '../calls/pace.js';
export { awaitedLater } from '../calls/awaited-later.js';
export { call, type AnswerFacts, type CallDescription } from '../calls/call.js';
export { sessionSecrets, type SessionSecrets } from '../calls/session-secrets.js';
export { onAbort } from '../clocks/abort.js';
export { cloudNow } from '../clocks/cloud-time.js';
export { leaveUnfinished } from './leave-unfinished.js';
export { plainCopy } from './plain-copy.js';
export { pinIdentity, type IdentitySource, type PinnedIdentity } from './pinned-identity.js';
export { collectPages, type Page, type PagesOptions } from '../calls/pages.js';
export { isTemporaryRoute } from '../kinds/gateway/temporary-route.js';
export { isMarkOfLink, linkHash } from '../world/resolve/link-identity.js';
export { unlessGone } from '../calls/unless-gone.js';
export { readUntil } from '../apply/read-until.js';
export { waitFor, type WaitForOptions } from '../apply/wait-for.js';
export { createOnce, type CreateOnceOptions } from '../apply/create-once.js';
export type {
  AllowlistDriver,
  Driver,
  Identity,
  LinkDriver,
  RouteDriver,
  Scope,
  Served,
  TargetDriver,
} from '../driver.js';
export type { GroupRule, GroupRuleDriver } from '../group-rules.js';
export {
  GONE,
  type MoveDriver,
  type MovePosition,
  type MoveState,
  type MoveTest,
  type MoveTraits,
  type MoveUnit,
} from '../move-driver.js';
export type {
  AllowlistMethods,
  DriverParts,
  LinkMethods,
  LinkKindDriver,
  MoveMethods,
  MoveKindDriver,
  RouteCall,
  RouteMethods,
  RouteTest,
  TargetMethods,
} from './driver-of.js';
export type { GatewayTraits, LinkTraits, PlanTraits, Retirement } from '../model/traits.js';
export type { Claim, Owner } from '../model/owner.js';
export {
  FORMER,
  formatBoundMark,
  formerText,
  markHash,
  readBoundMark,
  userHash,
  usersOfMark,
} from '../model/bound-marks.js';
export {
  INTEGRATION_TAG,
  OWNER_TAG,
  PART_TAG,
  MARK_TAGS,
  PROJECT_TAG,
  SPEC_TAG,
  checkSpecId,
  formatMark,
  isMarkOf,
  isName,
  isSpecId,
  mayChange,
  ownerFromTags,
  ownerTags,
  parseMark,
} from '../model/marks.js';
export { WIDTH, formatAddress, parseAddress, type Address } from '../cidr/address.js';
export {
  contains,
  formatPrefix,
  highest,
  hostCount,
  overlaps,
  parsePrefix,
  prefixOf,
  type Prefix,
} from '../cidr/prefix.js';
export { canonicalJson, hashJson, hashText } from '../hash.js';
export type { Link, LinkSettings, LinkKind, LinkPrice, LinkRequest, LinkState, LinkStatus } from '../model/link.js';
export type { Target, TargetRef, TargetTls, TargetUse } from '../model/target.js';
export type {
  Gateway,
  GatewayDomain,
  GatewayIntegration,
  GatewaySpec,
  GatewaySettings,
  GatewayUse,
  ServedRoutes,
  Stage,
} from '../model/gateway.js';
export type { GatewayKind } from '../model/gateway-kind.js';
export { sentMethod, type Route, type RouteRequest } from '../model/route.js';
export type { TestCall, TestCallAnswer } from '../model/test-call.js';
export type { Egress, SeenBy } from '../model/egress.js';
export type { AllowEntry, Allowlist, BlockResources } from '../model/allowlist.js';
export type {
  ImplicitRules,
  Instance,
  Network,
  NetworkInterface,
  RuleNarrowing,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Zone,
} from '../model/network.js';
export type {
  AccessControl,
  Certificate,
  DiscoveryService,
  GroupTarget,
  GroupWeight,
  Listener,
  ListenerAction,
  ListenerRule,
  LoadBalancer,
  RuleCondition,
  ServiceInstance,
  TargetGroup,
} from '../model/load-balancer.js';
export type {
  NetworkAcl,
  NetworkAclEntry,
  NextHop,
  Peering,
  PeeringSide,
  PrefixList,
  RemoteConnection,
  RouteEntry,
  RouteTable,
  TransitAttachment,
  TransitGateway,
  TransitRoute,
  TransitRouteTable,
  VirtualGateway,
} from '../model/routing.js';
export type { AssumedFacts, IntegrationSpec, LinkSpec, LookUp, Spec, TargetSpec, Timeouts } from '../model/spec.js';
export {
  SNAPSHOT_VERSION,
  type Access,
  type Asked,
  type Gap,
  type PrivateDomain,
  type ServiceRole,
  type RegionSnapshot,
  type Snapshot,
  type SnapshotList,
  type Unread,
} from '../snapshot/snapshot.js';
export { referencesTo } from '../plan/references.js';
export { createGaps, observing, type Gaps } from '../snapshot/gaps.js';
export { policyDocument, type PolicyPlace, type ReadPermission } from '../snapshot/policy.js';
export { createQueue, type Queue } from '../calls/queue.js';
export { sharedReads, type SharedReads } from '../calls/shared-read.js';
export {
  networkFailure,
  type ClientFailure,
  type ClientFailures,
  type NetworkFailure,
} from '../calls/network-failure.js';
