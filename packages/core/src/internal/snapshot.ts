/**
 * Snapshots: what was read of an account and region, as plain data, and its types.
 * @packageDocumentation
 */
export type {
  Gateway,
  GatewayDomain,
  GatewayIntegration,
  GatewaySettings,
  GatewayUse,
  PrivateDomain,
  ServedRoutes,
  Stage,
  AccessLog,
  CacheSettings,
  RouteChange,
  RouteThrottle,
  StageCache,
  StageChange,
  StageWriter,
} from '../do/model/gateway.js';
export type { Throttle } from '../do/model/route.js';
export type { CustomDomain, DomainMapping } from '../do/model/custom-domain.js';
export { routeAddresses } from '../do/probe/live-routes.js';
export { mappingsTo, type MappedDomain } from '../do/world/routes/custom-domains.js';
export type { ServiceRole } from '../do/model/link.js';
export type { BlockResources } from '../do/model/allowlist.js';
export type {
  ImplicitRules,
  Instance,
  Network,
  Flow,
  NetworkInterface,
  RuleNarrowing,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Zone,
} from '../do/model/network.js';
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
} from '../do/model/load-balancer.js';
export type { RegisteredGroup, RegisteredService, Registrar } from '../do/model/registrar.js';
export type {
  Endpoint,
  EndpointService,
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
} from '../do/model/routing.js';
export { SNAPSHOT_VERSION, type Access, type Asked, type SnapshotList, type Unread } from '../do/snapshot/snapshot.js';
export { policyDocument, type PolicyPlace } from '../do/snapshot/policy.js';
export {
  policyOfVersion,
  type AllowedActions,
  type PermissionsOfCloud,
  type ReadPermission,
  type WritePermission,
} from '../do/snapshot/policy.js';
export {
  encodeSnapshot,
  encodeSnapshotChunks,
  withoutSecretMembers,
  type EncodeOptions,
} from '../do/snapshot/encode.js';
export { diffSnapshots, type SnapshotDiff, type SnapshotDiffOptions } from '../do/snapshot-diff/diff.js';
export type { SnapshotChange } from '../do/snapshot-diff/change.js';
export { snapshotDiffText } from '../do/snapshot-diff/render.js';
export { redactSnapshot } from '../do/snapshot/redact.js';
export { sortSnapshot } from '../do/snapshot/arrange.js';
export type {
  Infer,
  AnyForm,
  MayBeMissing,
  ValueOf,
  Form,
  OptionalForm,
  Walk,
  JsonSchema,
  FormIssue,
  IssueDetails,
} from '../do/forms/form.js';
export type { ResourceList, ListsOf, ResourceTable, AlwaysIn } from '../do/snapshot/resources/resources.js';
export type { Order, Items } from '../do/forms/order.js';
