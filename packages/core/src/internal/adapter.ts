/**
 * What an adapter is written with: the methods of a driver, calls, errors, marks and clocks. None of it loads checks or plans.
 * @packageDocumentation
 */
export {
  isPosternError,
  UnsupportedError,
  CloudError,
  InvalidInputError,
  PosternError,
  leaveUnfinished,
} from '../ground/errors.js';
export { defined } from '../ground/defined.js';
export { alwaysSentBy, type Sent } from '../do/adapter/always-sent.js';
export type { Json } from '../ground/json.js';
export type { PaceKey, Pacer, RateLimit } from '../ground/calls/pacer.js';
export { awaitedLater } from '../ground/calls/answers.js';
export { toItsEnd } from '../ground/calls/step-context.js';
export { call, SIGNATURE_REFUSED } from '../ground/calls/call.js';
export { roleError } from '../ground/calls/answers.js';
export { sessionSecrets, type SessionSecrets } from '../ground/calls/session-secrets.js';
export { onAbort } from '../ground/clocks/abort.js';
export { cloudNow, beginReading } from '../ground/clocks/cloud-time.js';
export { byUse } from '../do/adapter/listed-links.js';
export type { SendToService } from '../do/adapter/json-service.js';
export { NETWORK_LISTS, wholeLists } from '../do/adapter/whole-lists.js';
export { inNetwork } from '../do/adapter/target-network.js';
export { plainCopy } from '../ground/json.js';
export { pinIdentity } from '../do/adapter/pinned-identity.js';
export { collectPages } from '../ground/calls/pages.js';
export {
  PARAMETER_FORMS,
  readParameters,
  sameParameters,
  writeParameters,
  type ParameterForm,
  backendParameters,
  backendPath,
  methodParameters,
  pathVariables,
} from '../do/kinds/gateway/request-parameters.js';
export { entriesOf, entryKey, isCovered, ruleInWords, toAllowlist, toEntry } from '../do/allowlist/group-allowlist.js';
export { allowlistGroupNames, ownerOfGroup } from '../do/allowlist/group-allowlist.js';
export {
  integrationIdentity,
  methodIdentity,
  FORMER,
  formatBoundMark,
  formerText,
  isShortMark,
  isShortMarkOf,
  markHash,
  readBoundMark,
  routeIdentity,
  shortMark,
  userHash,
  usersOfMark,
} from '../do/model/bound-marks.js';
export { isTemporaryRoute } from '../do/kinds/gateway/gateway-spec.js';
export { isMarkOfLink, linkHash } from '../do/world/resolve/link-identity.js';
export { unlessGone } from '../ground/calls/answers.js';
export { readUntil } from '../do/apply/repeat.js';
export { waitFor } from '../do/apply/wait-for.js';
export { createOnce } from '../do/apply/create-once.js';
export type { AbilityName, TestCallDriver } from '../do/abilities.js';
export type { DriverWith, Scope } from '../do/driver.js';
export type { GroupRule, GroupRuleDriver } from '../do/group-rules.js';
export {
  GONE,
  type MoveDriver,
  type MovePosition,
  type MoveState,
  type MoveTest,
  type MoveTraits,
  type MoveUnit,
  type ShiftCaptured,
  type ShiftedTarget,
} from '../do/move-driver.js';
export type { AdapterTraits, DriverParts } from '../do/adapter/driver-of.js';
export type {
  AllowlistMethods,
  DriverMethods,
  LinkKindMethods,
  LinkMethods,
  MoveMethods,
  RouteCall,
  RouteMethods,
  RouteTest,
  TargetMethods,
} from '../do/adapter/methods-of-kinds.js';
export { unnamedIn } from '../do/world/unnamed-gateways.js';
export type { LinkTraits, PlanTraits, Retirement } from '../do/model/traits.js';
export type { Claim } from '../do/model/owner.js';
export {
  INTEGRATION_TAG,
  OWNER_TAG,
  MARK_TAGS,
  PROJECT_TAG,
  formatMark,
  isMarkOf,
  markStart,
  mayChange,
  ownerFromTags,
  ownerTags,
  parseMark,
  specText,
} from '../do/model/marks.js';
export { isName, isSpecId } from '../do/forms/text-rules.js';
export { canonicalJson, hashJson, hashText } from '../ground/hash.js';
export type { LinkSettings, LinkPrice, LinkRequest, LinkStatus } from '../do/model/link.js';
export type { CheckedUse } from '../do/model/target.js';
export { sentMethod, type Route, type RouteRequest } from '../do/model/route.js';
export type { TestCallAnswer } from '../do/model/reference.js';
export type { SeenBy } from '../do/model/link.js';
export type { Allowlist } from '../do/model/allowlist.js';
export { referencesTo } from '../do/plan/references.js';
export { observing, type Gaps } from '../do/snapshot/gaps.js';
export { createQueue } from '../ground/calls/pacer.js';
export { sharedReads, type SharedReads } from '../ground/calls/pages.js';
export { networkFailure, type ClientFailures } from '../ground/calls/network-failure.js';
export { hasProxy, proxyFailed, proxyVariable } from '../ground/calls/network-failure.js';
export { simulatedClock } from '../ground/clocks/simulated-clock.js';
export { remoteClock, type RemoteTime } from '../ground/clocks/remote-clock.js';
export { loopbackOrigin } from '../ground/clocks/simulator-address.js';
export { RETRY_POLICY } from '../ground/calls/retry.js';
