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
export { realClock } from './clocks/real-clock.js';
export { SIMULATED_START_MS, simulatedClock, type SimulatedClock } from './clocks/simulated-clock.js';
export { remoteClock, type RemoteClockOptions, type RemoteTime } from './clocks/remote-clock.js';
export { createContext, type ContextOptions } from './context.js';
export type { Json } from './json.js';
export type { CallContext } from './calls/call-context.js';
export type { CallEnd, CallStart, Trace } from './calls/trace.js';
export type { PaceKey, Pacer, RateLimit } from './calls/pace.js';
export { createPacer } from './calls/pacer.js';
export { RETRY_POLICY, retryDelays, type RetryDelays, type RetryPolicy, type RetryReason } from './calls/retry.js';
export { awaitedLater } from './calls/awaited-later.js';
export { call, type AnswerFacts, type CallDescription } from './calls/call.js';
export { onAbort } from './clocks/abort.js';
export { collectPages, type Page, type PagesOptions } from './calls/pages.js';
export { unlessGone } from './calls/unless-gone.js';
export { waitFor, type WaitForOptions } from './apply/wait-for.js';
export { createOnce, type CreateOnceOptions } from './apply/create-once.js';
export { memoryJournal } from './apply/journal-memory.js';
export type {
  AllowlistDriver,
  Driver,
  Identity,
  LinkDriver,
  MoveDriver,
  MoveUnit,
  RouteDriver,
  Scope,
  TargetDriver,
} from './driver.js';
export type { CheckedUse } from './model/target-use.js';
export type { DriverTraits, PlanTraits, Retirement } from './model/traits.js';
export type { Owner } from './model/owner.js';
export { formatBoundMark, markHash, readBoundMark, userHash, usersOfMark } from './model/bound-marks.js';
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
} from './model/marks.js';
export { WIDTH, formatAddress, parseAddress, type Address } from './cidr/address.js';
export {
  contains,
  formatPrefix,
  highest,
  hostCount,
  overlaps,
  parsePrefix,
  prefixOf,
  type Prefix,
} from './cidr/prefix.js';
export { comparePrefixes, relation, type PrefixRelation } from './cidr/relation.js';
export { minimalCover } from './cidr/minimal-cover.js';
export { canonicalJson, hashJson, hashText } from './hash.js';
export { displayBlock, displayText } from './text/display.js';
export type { Link, LinkSettings, LinkKind, LinkPrice, LinkRequest, LinkState, LinkStatus } from './model/link.js';
export type { Target, TargetRef, TargetTls, TargetUse } from './model/target.js';
export type {
  Gateway,
  GatewayDomain,
  GatewayIntegration,
  GatewayRef,
  GatewaySettings,
  GatewayUse,
  Stage,
} from './model/gateway.js';
export type { Route, RouteRequest } from './model/route.js';
export type { Egress, SeenBy } from './model/egress.js';
export type { AllowEntry, Allowlist, BlockResources } from './model/allowlist.js';
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
} from './model/network.js';
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
} from './model/load-balancer.js';
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
} from './model/routing.js';
export type { AssumedFacts, IntegrationSpec, LinkSpec, LookUp, Spec, TargetSpec, Timeouts } from './model/spec.js';
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
} from './snapshot/snapshot.js';
export {
  PrivateIntegrations,
  type CallOptions,
  type EnsureLink,
  type LinkOrId,
  type LinkTarget,
  type PurchaseOptions,
  type PrivateIntegrationsOptions,
} from './private-integrations.js';
export type { LinkUse } from './imperative/link-uses.js';
export type { EnsureTarget } from './imperative/ensure-target.js';
export { regionFault } from './model/region.js';
export { driversOf, type DriverPlace, type Drivers } from './drivers.js';
export { observeSpec, type ObserveOptions } from './observe/observe-spec.js';
export { diff } from './plan/diff.js';
export { planDestroy } from './plan/destroy.js';
export { referencesTo } from './plan/references.js';
export { targetLabel } from './text/target-label.js';
export { planText } from './plan/render.js';
export { refusePurchases } from './plan/purchases.js';
export { refuseAllRoutes } from './plan/all-routes.js';
export {
  PLAN_VERSION,
  type Plan,
  type PlanOptions,
  type Step,
  type StepKind,
  type Unit,
  type UnreadPart,
} from './plan/plan.js';
export { apply, type ApplyOptions } from './apply/apply.js';
export { EVENTS_VERSION, type EventError, type RunEvent } from './apply/events.js';
export { JOURNAL_VERSION, type Journal, type JournalRecord } from './apply/journal.js';
export type { Run, StepOptions } from './apply/run.js';
export { createGaps, observing, type Gaps } from './snapshot/gaps.js';
export { encodeSnapshot, encodeSnapshotChunks, type EncodeOptions } from './snapshot/encode.js';
export {
  diffSnapshots,
  type SnapshotChange,
  type SnapshotDiff,
  type SnapshotDiffOptions,
} from './snapshot-diff/diff.js';
export { snapshotDiffText } from './snapshot-diff/render.js';
export { maskAccounts, redactSnapshot, type AccountMasks } from './snapshot/redact.js';
export { sortSnapshot } from './snapshot/sort.js';
export { policyDocument, type PolicyPlace, type ReadPermission } from './snapshot/policy.js';
export { createQueue, type Queue } from './calls/queue.js';
export {
  networkFailure,
  type ClientFailure,
  type ClientFailures,
  type NetworkFailure,
} from './calls/network-failure.js';
export {
  REPORT_VERSION,
  type Evidence,
  type Finding,
  type Param,
  type Params,
  type Report,
  type ReportGap,
  type Severity,
  type Verdict,
} from './findings/finding.js';
export { type Subject } from './findings/subject.js';
export { type Assumption } from './world/assumption.js';
export { check, countedCheck, type CheckOptions, type CountedReport } from './checks/run.js';
export { explain, type ExplainOptions } from './checks/explain.js';
export { defineCheck } from './checks/define-check.js';
export { CHECKS, RULES } from './checks/registry.js';
export { jsonText } from './text/json-text.js';
export { alikeGaps } from './report/alike-gaps.js';
export { explainText } from './report/explain.js';
export { reportJson } from './report/json.js';
export {
  junitSuites,
  type JUnitCase,
  type JUnitCounts,
  type JUnitOptions,
  type JUnitOutcome,
  type JUnitSuite,
  type JUnitSuites,
} from './report/junit.js';
export { reportMarkdown, type ReportMarkdownOptions } from './report/markdown.js';
export { reportSarif, type ReportSarifOptions } from './report/sarif.js';
export { failsAt, tally, tallyText, type FailOn, type Tally } from './report/tally.js';
export { reportText } from './report/text.js';
export { type Style, type ReportTextOptions } from './text/style.js';
export type {
  CheckInput,
  Found,
  IndexedList,
  IntegrationView,
  ItemOf,
  LinkView,
  MarkedLinks,
  Missing,
  RegionIndex,
  TargetView,
  Unresolved,
} from './world/views.js';
export type { Check, Outcome, Rule } from './findings/check.js';
export type { Explanation, Hop, Path, Why } from './network/path.js';
export type { PathCode } from './network/path-codes.js';
export { acceptUnknowns, blockersOf, parseAccepted } from './migrate/accept.js';
export { MIGRATION_CHECKS } from './migrate/checks/index.js';
export type { MigrationCheck, MigrationInput, WayBack } from './migrate/migration-input.js';
export type { MovedBackend } from './world/uses/gateway-uses.js';
export { asReport } from './migrate/report/as-report.js';
export { migrationHtml, type HtmlPart } from './migrate/report/html.js';
export { instanceJson, migrationJson } from './migrate/report/json.js';
export { migrationMarkdown } from './migrate/report/markdown.js';
export { migrationText } from './migrate/report/text.js';
export { validateInstance, type GroupReport, type InstanceMigration } from './migrate/validate-instance.js';
export { validateMigration, type ValidateOptions } from './migrate/validate.js';
export {
  MIGRATION_REPORT_VERSION,
  type AcceptedUnknown,
  type Impact,
  type ImpactEntry,
  type GroupMigration,
  type Migration,
  type MigrationReport,
  type RouteMigration,
} from './migrate/migration.js';
