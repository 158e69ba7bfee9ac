/**
 * What the value of a cloud is written with: its kinds of link and gateway, with their traits and rules. A rule evaluates a
 * snapshot only.
 */
export { parseAddress } from '../cidr/address.js';
export { contains, formatPrefix, overlaps, parsePrefix, prefixOf, type Prefix } from '../cidr/prefix.js';
export { reservedRanges, type ReservedByCloud } from '../cidr/reserved-ranges.js';
export { readAddress } from '../cidr/read-address.js';
export { grouped, groupedPairs } from '../ground/grouped.js';
export * from '../ground/ports.js';
export { MESSAGE_KEY, ROUTE_KEY } from '../do/forms/text-rules.js';
export type * from '../do/kinds/cloud/cloud-checks.js';
export { remark } from '../do/kinds/cloud/cloud-checks.js';
export { defineTraits, withChecks, withRules, type Cloud } from '../do/kinds/cloud/cloud.js';
export type * from '../do/kinds/cloud/cloud-types.js';
export { clouds, withLoadedChecks, type Clouds } from '../do/kinds/cloud/clouds.js';
export type * from '../do/kinds/cloud/move-texts.js';
export { faultFrom, routeLines } from '../do/kinds/cloud/declared.js';
export type * from '../do/kinds/cloud/declared.js';
export type * from '../do/kinds/cloud/spec-keys.js';
export { ADDRESS, ADDRESSES, DNS_NAME, plainAddress } from '../do/kinds/cloud/target-kind.js';
export type { CalledPlace, Misfit, SeenTarget, TargetKind, TargetRegion } from '../do/kinds/cloud/target-kind.js';
export * from '../do/kinds/gateway/gateway-rules.js';
export { gatewayId, gatewayIdsBy } from '../do/kinds/gateway/gateway-spec.js';
export type * from '../do/kinds/link/link-kind.js';
export type * from '../do/kinds/link/link-traits.js';
export { defaultIn, quotasByName } from '../do/kinds/quota.js';
export type * from '../do/kinds/quota.js';
export type * from '../do/model/traits.js';
export { InvalidInputError, PosternError, UnsupportedError } from '../ground/errors.js';
export { nearest } from '../ground/text/nearest.js';
