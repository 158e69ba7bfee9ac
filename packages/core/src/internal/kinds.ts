/**
 * What the value of a cloud is written with: its kinds of link and gateway, with their traits and rules. A rule evaluates a
 * snapshot only.
 * @packageDocumentation
 */
export { parseAddress } from '../cidr/address.js';
export { contains, formatPrefix, overlaps, parsePrefix, prefixOf, type Prefix } from '../cidr/prefix.js';
export { reservedRanges, type ReservedByCloud } from '../cidr/reserved-ranges.js';
export { readAddress } from '../cidr/read-address.js';
export { grouped, groupedPairs } from '../ground/grouped.js';
export { MESSAGE_KEY, ROUTE_KEY } from '../do/forms/text-rules.js';
export type { ChecksOfCloud, Remark } from '../do/kinds/cloud/cloud-checks.js';
export { defineTraits, withChecks, withRules, type Cloud } from '../do/kinds/cloud/cloud.js';
export type { CloudTypes, TypesOf } from '../do/kinds/cloud/cloud-types.js';
export { clouds, withLoadedChecks, type Clouds } from '../do/kinds/cloud/clouds.js';
export type {
  DeclaredElsewhere,
  DeclaredMove,
  MoveTexts,
  TerraformOfLists,
  ToolEdit,
} from '../do/kinds/cloud/move-texts.js';
export { faultFrom, type FaultPath } from '../do/kinds/cloud/declared.js';
export type { DeclaredLink, DeclaredPlace, DeclaredTargetPlace, SpecFault } from '../do/kinds/cloud/declared.js';
export { routeLines } from '../do/kinds/cloud/declared.js';
export type { FirstParts, FirstSpec, NamedBackend, OpenApiForm } from '../do/kinds/cloud/declared.js';
export type { CredentialVariables, IdKinds, RoleNames, SpecKeys } from '../do/kinds/cloud/spec-keys.js';
export {
  ADDRESS,
  ADDRESSES,
  DNS_NAME,
  plainAddress,
  type CalledPlace,
  type Misfit,
  type SeenTarget,
  type TargetKind,
  type TargetRegion,
} from '../do/kinds/cloud/target-kind.js';
export {
  NOT_REACHED,
  OTHER_NAME,
  noBackend,
  noRoute,
  refused,
  type CalledRoute,
  type CallerAnswer,
  type GatewayRules,
  type MadeAnswer,
  type NoAddress,
} from '../do/kinds/gateway/gateway-rules.js';
export { gatewayId, gatewayIdsBy } from '../do/kinds/gateway/gateway-spec.js';
export type { BlockPlace, LinkKindRules, RequestFacts, TargetPlace } from '../do/kinds/link/link-kind.js';
export type { SharedLinks, WholeMove } from '../do/kinds/link/link-traits.js';
export { defaultIn, type BalancerQuotas, type Quota } from '../do/kinds/quota.js';
export type { QuotaDriver, QuotaRequest } from '../do/kinds/quota.js';
export type { Successor } from '../do/model/traits.js';
export { InvalidInputError, PosternError, UnsupportedError } from '../ground/errors.js';
export { nearest } from '../ground/text/nearest.js';
