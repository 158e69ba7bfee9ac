/**
 * What the package of a cloud is written with: its value, its driver, its rows of plans of other tools, its permissions and its planner.
 * What it calls in between is of `@postern/core`; checks are written with `@postern/core/check`.
 * @packageDocumentation
 */
// The value of a cloud.
export { defineCloud } from '../do/kinds/cloud/define-cloud.js';
export { ADDRESS, plainAddress } from '../do/kinds/cloud/target-kind.js';
export { gatewayIdsBy } from '../do/kinds/gateway/gateway-spec.js';
export type { Quota } from '../do/kinds/quota.js';
// Its driver.
export { driverOf } from '../do/adapter/driver-of.js';
export { routeMoveTraits } from '../do/adapter/route-move-traits.js';
export { routeMoves, markedRoutes } from '../do/adapter/marked-routes.js';
export type { DriverMethods, MoveMethods, RouteCall } from '../do/adapter/methods-of-kinds.js';
export type { Route } from '../do/model/route.js';
export type { Allowlist } from '../do/model/allowlist.js';
export { jsonService, type SendToService } from '../do/adapter/json-service.js';
export { listedLinks } from '../do/adapter/listed-links.js';
export { NETWORK_LISTS, wholeLists } from '../do/adapter/whole-lists.js';
export { observing, type Gaps } from '../do/snapshot/gaps.js';
export { emptyRegion } from '../do/snapshot/snapshot-form.js';
export { formatMark, MARK_TAGS, ownerFromTags, ownerTags } from '../do/model/marks.js';
export { call } from '../ground/calls/call.js';
export { pinIdentity } from '../do/adapter/pinned-identity.js';
export { refusalErrors } from '../do/adapter/service-refusal.js';
export { unlessGone } from '../ground/calls/answers.js';
// Its permissions, its rows of plans of other tools, and its planner.
export type { PermissionsOfCloud, ReadPermission } from '../do/snapshot/policy.js';
export type { PlansOfCloud, Row, Rows } from '../overlay/rows/plans-of-cloud.js';
export type { AttributeUse } from '../overlay/declared/open.js';
export { idForm, newId } from '../overlay/rows/id-forms.js';
export { definePlanner } from '../planner/cloud/cloud-planner.js';
