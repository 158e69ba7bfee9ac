export * from './adapter/index.js';
export { realClock } from './clocks/real-clock.js';
export { SIMULATED_START_MS, simulatedClock, type SimulatedClock } from './clocks/simulated-clock.js';
export { remoteClock, type RemoteClockOptions, type RemoteTime } from './clocks/remote-clock.js';
export { simulatorAt } from './clocks/simulator.js';
export { loopbackOrigin, type Simulator } from './clocks/simulator-address.js';
export { createContext, type ContextOptions } from './context.js';
export type { CallCounts } from './calls/count-calls.js';
export type { CallEnd, CallStart, Trace } from './calls/trace.js';
export { createPacer } from './calls/pacer.js';
export { RETRY_POLICY, retryDelays, type RetryDelays, type RetryPolicy, type RetryReason } from './calls/retry.js';
export { memoryJournal } from './apply/journal-memory.js';
export type { CheckedUse } from './model/target-use.js';
export { comparePrefixes, relation, type PrefixRelation } from './cidr/relation.js';
export { minimalCover } from './cidr/minimal-cover.js';
export { displayBlock, displayText } from './text/display.js';
export { lengthOfTime } from './text/length-of-time.js';
export { gatewayRef, isSameRef, linkRef, type GatewayRef, type LinkRef } from './model/reference.js';
export {
  PrivateIntegrations,
  type CallOptions,
  type EnsureLinkOptions,
  type PurchaseOptions,
  type PrivateIntegrationsOptions,
} from './private-integrations.js';
export type { EnsureLink, EnsureTarget, LinkOrId, LinkTarget } from './imperative/requests.js';
export type { LinkUse } from './imperative/link-uses.js';
export {
  createCallGateway,
  simulatedUrl,
  type CallGateway,
  type CallGatewayOptions,
  type FetchCall,
  type GatewayAnswer,
  type GatewayCall,
} from './probe/call-gateway.js';
export { checkProbeOptions, SAFE_METHODS, type ProbeOptions } from './probe/probe-options.js';
export type { ProbeResult, ProbeVerdict } from './probe/probe-result.js';
export { liveRoutes, type LiveRoute } from './probe/live-routes.js';
export { changingRoutes, probeRoutes, type ProbeAct, type ProbeRoute } from './probe/probe-routes.js';
export { runProbe, type RunProbe } from './probe/run-probe.js';
export { driversOf, type DriverPlace, type Drivers } from './drivers.js';
export type { AnySpec, SpecSource } from './input/given-spec.js';
export { observePlan, observeSpec, type ObservedPlan } from './observe/observe-spec.js';
export type { ObserveOptions } from './observe/read-places.js';
export { diff } from './plan/diff.js';
export { planDestroy } from './plan/destroy.js';
export { planForget } from './plan/forget.js';
export { targetLabel } from './text/target-label.js';
export { planText } from './plan/text/render.js';
export { refusePurchases } from './plan/guard/purchases.js';
export { takesMoreThan } from './plan/guard/takes-more.js';
export { refuseAllRoutes } from './plan/removal/all-routes.js';
export { refuseDeletions } from './plan/guard/deletions.js';
export {
  PLAN_VERSION,
  type Deletions,
  type LeftOut,
  type Plan,
  type PlanGoal,
  type PlanOptions,
  type Step,
  type StepKind,
  type Unit,
  type UnitKind,
  type UnreadPart,
} from './plan/plan.js';
export { apply, type ApplyOptions } from './apply/apply.js';
export { EVENTS_VERSION, type EventError, type RefusedRun, type RunEvent } from './apply/events.js';
export { JOURNAL_VERSION, type Journal, type JournalRecord } from './apply/journal.js';
export {
  loggedRuns,
  type LoggedCounts,
  type LoggedMove,
  type LoggedRun,
  type LoggedStep,
} from './moves/logged-runs.js';
export type {
  LinkWait,
  LinkWaitResult,
  Run,
  Runs,
  StepAttempt,
  StepOptions,
  StepOutcome,
  UnitResult,
} from './apply/run.js';
export { encodeSnapshot, encodeSnapshotChunks, type EncodeOptions } from './snapshot/encode.js';
export { diffSnapshots, type SnapshotDiff, type SnapshotDiffOptions } from './snapshot-diff/diff.js';
export type { SnapshotChange } from './snapshot-diff/change.js';
export { snapshotDiffText } from './snapshot-diff/render.js';
export { maskAccounts, redactSnapshot, type AccountMasks } from './snapshot/redact.js';
export { sortSnapshot } from './snapshot/sort.js';
export {
  REPORT_VERSION,
  type CheckReport,
  type Evidence,
  type FailedFinding,
  type Finding,
  type Mending,
  type OpenFinding,
  type Param,
  type Params,
  type PassedFinding,
  type PlanFinding,
  type Report,
  type ReportGap,
  type Severity,
  type UndecidedFinding,
  type Verdict,
} from './findings/finding.js';
export { type Subject } from './findings/subject.js';
export { type Assumption } from './world/assumption.js';
export { check, countedCheck, type CountedReport } from './checks/run.js';
export { type CheckOptions } from './findings/check-options.js';
export { explain, type ExplainOptions } from './checks/explain.js';
export { defineCheck, type CheckDefinition } from './checks/define-check.js';
export { judge } from './judge/judge.js';
export { type Judge } from './plan/judge.js';
export { judgePlan } from './judge/judge-plan.js';
export { parseIgnoredFindings } from './judge/ignored-findings.js';
export { refuseFindings, type RefusedFindings } from './judge/refuse-findings.js';
export { causesOf } from './report/causes.js';
export { type FindingCause } from './findings/finding-cause.js';
export { stoppingFindings } from './findings/stopping-findings.js';
export { planErrorsText, planFindingsText } from './report/plan-findings.js';
export type { NamedFindings } from './findings/named-findings.js';
export { CHECKS, RULES } from './checks/registry.js';
export { jsonText } from './text/json-text.js';
export { alikeGaps } from './findings/alike-gaps.js';
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
export { probeJson, probeTally, probeText } from './report/probe.js';
export { type Style, type ReportTextOptions } from './text/style.js';
export type { Derived } from './world/derived.js';
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
export type { Say } from './findings/say.js';
export type { Explanation, Hop, Path, Why } from './path/model/path.js';
export type { PathCode } from './path/model/path-codes.js';
export { acceptUnknowns, blockersOf, parseAccepted } from './migrate/accept.js';
export { MIGRATION_CHECKS } from './migrate/checks/index.js';
export type { MigrationCheck, MigrationInput, WayBack } from './migrate/migration-input.js';
export type { MovedBackend } from './world/uses/gateway-uses.js';
export { asReport } from './migrate/report/as-report.js';
export { migrationHtml, type HtmlPart, type HtmlPictures } from './migrate/report/html.js';
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
export { Moves } from './moves/moves.js';
export { planMove, type PlanMoveOptions } from './moves/plan/plan-move.js';
export { validateStage, type StageMigration } from './migrate/stage-migration.js';
export { moveId } from './moves/plan/fingerprint.js';
export { refuseOpenPlan } from './moves/plan/refuse-open-plan.js';
export {
  MOVE_PLAN_VERSION,
  type MovePlan,
  type MoveProbe,
  type TemporaryRouteTest,
  type MoveRequest,
  type MoveTodo,
  type PlannedUnit,
  type WidenEntry,
} from './moves/plan/move-plan.js';
export { observeMove } from './moves/observe-move.js';
export { runMove } from './moves/run-move.js';
export { finishMove, type FinishMoveOptions } from './moves/finish-move.js';
export { rollbackMove, type RollbackMoveOptions } from './moves/rollback-move.js';
export { abortMove } from './moves/abort-move.js';
export { moveStatus, type MoveStatus } from './moves/status.js';
export type { Analysis, AnalysisAnswer, MoveContext, RunMoveOptions } from './moves/engine/options.js';
export { beginReading, cloudNow, cloudTime } from './clocks/cloud-time.js';
export type { CloudTime, Moment, ReadingTime, TimeBounds } from './clocks/cloud-time.js';
export type { MoveEvent, MoveResult } from './moves/events.js';
export type { MovePhase } from './moves/record/phase.js';
export { movePlanHtml, type MovePlanPage } from './moves/plan-html.js';
export { movePlanText } from './moves/render.js';
export { readMovePlan } from './moves/plan/read-move-plan.js';
export { plansIn } from './moves/record/moves-in.js';
export { openMovesIn } from './moves/open-moves.js';
export type { OpenMove } from './model/open-move.js';
export { withOpenMoves } from './plan/notes/open-moves.js';
