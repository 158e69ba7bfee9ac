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
export { awaitedLater, type Answers } from '../ground/calls/answers.js';
export { toItsEnd } from '../ground/calls/step-context.js';
export { call, SIGNATURE_REFUSED, type AnswerFacts, type CallDescription } from '../ground/calls/call.js';
export { roleError } from '../ground/calls/answers.js';
export { sessionSecrets, type SessionSecrets } from '../ground/calls/session-secrets.js';
export { onAbort } from '../ground/clocks/abort.js';
export {
  cloudNow,
  beginReading,
  type CloudTime,
  type Moment,
  type ReadingTime,
  type TimeBounds,
  type TimeSources,
} from '../ground/clocks/cloud-time.js';
export { refusalErrors, ServiceRefusal, type RefusalTable } from '../do/adapter/service-refusal.js';
export { byUse, listedLinks } from '../do/adapter/listed-links.js';
export { markedRoutes, type MarkedRouteMethods } from '../do/adapter/marked-routes.js';
export { jsonService, type JsonService, type SendToService } from '../do/adapter/json-service.js';
export { NETWORK_LISTS, wholeLists } from '../do/adapter/whole-lists.js';
export { inNetwork } from '../do/adapter/target-network.js';
export { routeMoves, type RouteMoveMethods } from '../do/adapter/route-moves.js';
export { plainCopy } from '../ground/json.js';
export { pinIdentity, type IdentitySource, type PinnedIdentity } from '../do/adapter/pinned-identity.js';
export { collectPages, type Page, type PagesOptions } from '../ground/calls/pages.js';
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
export { allowlistGroupNames, ownerOfGroup, type MarkedGroup } from '../do/allowlist/group-allowlist.js';
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
export { isMarkOfLink, linkHash, type LinkShape } from '../do/world/resolve/link-identity.js';
export { unlessGone } from '../ground/calls/answers.js';
export { readUntil } from '../do/apply/repeat.js';
export { waitFor, type WaitForOptions } from '../do/apply/wait-for.js';
export { createOnce, type CreateOnceOptions } from '../do/apply/create-once.js';
export type {
  AbilityName,
  AllowlistDriver,
  AllowlistGroups,
  BlockUses,
  DriverAbilities,
  LinkChanges,
  RouteAdoption,
  RouteListing,
  RouteSweeping,
  StageDriver,
  StageSettingsDriver,
  TargetResources,
  TestCallDriver,
} from '../do/abilities.js';
export type { DriverWith, LinkDriver, RouteDriver, Scope, Served, TargetDriver } from '../do/driver.js';
export type { GroupRule, GroupRuleDriver } from '../do/group-rules.js';
export {
  GONE,
  type MoveDriver,
  type MovePosition,
  type MoveState,
  type MoveTest,
  type MoveTraits,
  type ShiftTraits,
  type MoveUnit,
  type ShiftCaptured,
  type ShiftedPart,
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
  OfKind,
  WithoutKind,
  IdOf,
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
export type { TargetUse, CheckedUse } from '../do/model/target.js';
export { sentMethod, type Route, type RouteRequest } from '../do/model/route.js';
export type { TestCall, TestCallAnswer } from '../do/model/reference.js';
export type { SeenBy } from '../do/model/link.js';
export type { Allowlist } from '../do/model/allowlist.js';
export { referencesTo } from '../do/plan/references.js';
export { observing, type Gaps, type UndocumentedWord, type WantedList } from '../do/snapshot/gaps.js';
export { createQueue, type Queue } from '../ground/calls/pacer.js';
export { sharedReads, type SharedReads } from '../ground/calls/pages.js';
export {
  networkFailure,
  type ClientFailure,
  type ClientFailures,
  type NetworkFailure,
} from '../ground/calls/network-failure.js';
export { hasProxy, proxyFailed, proxyVariable } from '../ground/calls/network-failure.js';
export { simulatedClock, type SimulatedClock } from '../ground/clocks/simulated-clock.js';
export { remoteClock, type RemoteClockOptions, type RemoteTime } from '../ground/clocks/remote-clock.js';
export { loopbackOrigin } from '../ground/clocks/simulator-address.js';
export { RETRY_POLICY, type RetryPolicy } from '../ground/calls/retry.js';
export type { ReportHeaders } from '../ground/calls/answer-date.js';
export type { CreationOptions } from '../do/apply/creation.js';
