/**
 * The hand-over of API groups of API Gateway (Traditional) to Cloud-native API Gateway of Alibaba Cloud.
 * @packageDocumentation
 */
export {
  HANDOVER_SOURCE_VERSION,
  type HandoverSource,
  type SourceGap,
  type SourceGroup,
  type MeasuredPeak,
  type SourceInstance,
  type SourcePart,
} from '../handover/source/source.js';
export type {
  AddedParameter,
  ParameterMapping,
  ParameterPlace,
  SourceApi,
  SourceAuthorization,
  SourceDeployment,
  SourceParameter,
  SystemParameter,
} from '../handover/source/source-api.js';
export type {
  ResolvedAddress,
  SourceAccess,
  SourceBackend,
  SourceDiscovery,
  SourceFunction,
  SourceMock,
  SourceNamedBackend,
} from '../handover/source/source-backend.js';
export type { SourceCertificate, SourceDomain } from '../handover/source/source-domain.js';
export type {
  PolicyUse,
  SourceApp,
  SourceIpControl,
  SourcePlugin,
  SourceSignature,
  SourceThrottle,
} from '../handover/source/source-policy.js';
export { sourceDigest } from '../handover/source/digest.js';
export { assess, type AssessOptions } from '../handover/assess/assess.js';
export {
  ASSESSMENT_VERSION,
  type Actor,
  type ApiVerdict,
  type Assessment,
  type CalendarDay,
  type HandoverItem,
  type HandoverVerdict,
  type SourceKind,
  type SourceObject,
  type StageVerdict,
} from '../handover/assess/assessment.js';
export { HANDOVER_RULES } from '../handover/assess/rules/index.js';
export type { HandoverRule } from '../handover/assess/rule.js';
export type { TargetGateway } from '../handover/assess/target.js';
export { parseWaiver, type Waiver } from '../handover/assess/waivers.js';
export { assessmentText } from '../handover/report/text.js';
export { assessmentJson } from '../handover/report/json.js';
export { assessmentMarkdown } from '../handover/report/markdown.js';
export { assessmentHtml } from '../handover/report/html.js';
export { planHandover, type PlanHandoverOptions, type PurchaseVSwitch } from '../handover/plan/plan-handover.js';
export { HANDOVER_PLAN_VERSION, type ExpectedStep, type HandoverPlan } from '../handover/plan/handover-plan.js';
export type {
  GuardType,
  PlannedConsumer,
  PlannedDomain,
  PlannedGateway,
  PlannedPolicy,
  PlannedRecord,
  PlannedRoute,
  PlannedRule,
  PlannedService,
  PlannedStage,
} from '../handover/plan/plan-values.js';
export { driftOf, readHandoverPlan, requireCurrentPlan, type Drift } from '../handover/plan/fingerprint.js';
export { handoverPlanText } from '../handover/plan/plan-text.js';
export type { PolicyClass } from '../handover/mapping/policies.js';
export type { RouteMatch } from '../handover/mapping/route-match.js';
export { readHandoverSource } from '../handover/source/read-source.js';
export { AUDIT_VERSION, audit, type Audit, type AuditItem, type AuditVerdict } from '../handover/audit/audit.js';
export { auditText } from '../handover/audit/audit-text.js';
export type {
  TargetApi,
  TargetConsumer,
  TargetDomain,
  TargetEntry,
  TargetState,
} from '../handover/audit/target-state.js';
export { runHandover, type RunHandoverOptions } from '../handover/run/run-handover.js';
export type { BuiltObject, BuiltStage, HandoverEvent, HandoverResult } from '../handover/run/run-events.js';
export type {
  BuiltPolicy,
  FoundObject,
  HandoverDriver,
  HandoverKind,
  HandoverObject,
  HandoverPlace,
  ObjectOf,
  RemoveAnswer,
} from '../handover/run/driver.js';
export { proveHandover, type ProveHandoverOptions } from '../handover/prove/prove-handover.js';
export {
  HANDOVER_PROOF_VERSION,
  type CallPinned,
  type HandoverProof,
  type PinnedAnswer,
  type PinnedCall,
  type ProofCode,
  type ProofVerdict,
  type ProvenRoute,
  type ProvenStage,
} from '../handover/prove/proof.js';
export { switchHandover, type SwitchHandoverOptions } from '../handover/switch/switch-handover.js';
export {
  rollbackHandover,
  type HandoverRollbackDriver,
  type RollbackHandoverOptions,
} from '../handover/switch/rollback-handover.js';
export {
  handoverStatus,
  type HandoverPhase,
  type HandoverStatus,
  type HandoverStatusOptions,
  type LastCommand,
  type StageStatus,
  type StatusRecord,
} from '../handover/switch/handover-status.js';
export { finishHandover } from '../handover/finish/finish-handover.js';
export type { FinishHandoverOptions } from '../handover/finish/finish-options.js';
export type {
  ClassicApi,
  ClassicGroup,
  ClassicInstance,
  ClassicSide,
  HandoverFinishDriver,
} from '../handover/switch/classic.js';
export type {
  FinishEdits,
  FinishEvent,
  FinishItem,
  FinishKind,
  FinishRemoval,
  FinishResult,
  FinishState,
  PaidInstance,
  StageDrain,
} from '../handover/finish/finish-events.js';
export type {
  DnsRecord,
  DnsValues,
  HandoverDns,
  HandoverSwitchDriver,
  ResolveName,
  ResolverAnswer,
} from '../handover/switch/dns.js';
export type { UnbuiltObject } from '../handover/switch/delete-built.js';
export type {
  SwitchedRecord,
  SwitchedStage,
  SwitchEvent,
  SwitchResult,
  SwitchState,
  SwitchWay,
  WantedRecord,
} from '../handover/switch/switch-events.js';
export type {
  GatewayCalls,
  Judged,
  WatchCalls,
  WatchRequest,
  Witness,
  WitnessVerdict,
} from '../handover/switch/witness.js';
export type { FigurePeriod, HandoverFigures } from '../handover/switch/figures.js';
export { watchByCloud } from '../handover/witness/watch-by-cloud.js';
export { readHandoverProof } from '../handover/switch/read-proof.js';
export { witnessOf, type WitnessKind } from '../handover/witness/witness-of.js';
export { watchByCalls, type CallsOptions } from '../handover/witness/watch-by-calls.js';
export {
  executeHandoverProof,
  executeHandoverRun,
  executeHandoverSwitch,
  type ExecuteHandoverOptions,
  type ExecuteSwitchOptions,
} from '../handover/engine/execute-handover.js';
export type { SwitchOptions } from '../handover/switch/switch-handover.js';
