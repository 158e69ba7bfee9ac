/**
 * The hand-over of API groups of API Gateway (Traditional) to Cloud-native API Gateway of Alibaba Cloud. Readers and drivers load their
 * code and the SDK with the first call; all else loads none.
 * @packageDocumentation
 */
export {
  HANDOVER_SOURCE_VERSION,
  type HandoverSource,
  type SourceGap,
  type SourceWord,
  type SourceGroup,
  type MeasuredPeak,
  type SourceInstance,
  type SourcePart,
  type SourceCertificate,
  type SourceDomain,
  type PolicyUse,
  type SourceApp,
  type SourceIpControl,
  type SourcePlugin,
  type SourceSignature,
  type SourceThrottle,
} from './source/source.js';
export type {
  AddedParameter,
  ParameterMapping,
  ParameterPlace,
  SourceApi,
  SourceAuthorization,
  SourceDeployment,
  SourceParameter,
  SystemParameter,
  ResolvedAddress,
  SourceAccess,
  SourceBackend,
  SourceDiscovery,
  SourceFunction,
  SourceMock,
  SourceNamedBackend,
} from './source/source-api.js';
export { sourceDigest } from './source/read-source.js';
export { assess, type AssessOptions } from './assess/assess.js';
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
} from './assess/assessment.js';
export { HANDOVER_RULES } from './assess/rules/index.js';
export type { HandoverRule } from './assess/rule.js';
export type { TargetGateway } from './assess/view.js';
export { parseWaiver, type Waiver } from './assess/rule.js';
export { assessmentJson } from './report/shown-items.js';
export { assessmentHtml, assessmentMarkdown, assessmentText } from './report/document.js';
export { assessmentReport, handoverRules } from './report/findings.js';
export { planHandover, type PlanHandoverOptions, type PurchaseVSwitch } from './plan/plan-handover.js';
export { HANDOVER_PLAN_VERSION, type ExpectedStep, type HandoverPlan } from './plan/fingerprint.js';
export { driftOf, readHandoverPlan, requireCurrentPlan, type Drift } from './plan/fingerprint.js';
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
} from './plan/plan-values.js';
export { handoverPlanText } from './plan/plan-text.js';
export type { PolicyClass, RouteMatch } from './mapping/route-match.js';
export { readHandoverSource } from './source/read-source.js';
export { AUDIT_VERSION, audit, type Audit, type AuditItem, type AuditVerdict, auditText } from './audit/audit.js';
export type { TargetApi, TargetConsumer, TargetDomain, TargetEntry, TargetState } from './audit/target-state.js';
export { runHandover, type RunHandoverOptions } from './run/run-handover.js';
export type { BuiltObject, BuiltStage, HandoverEvent, HandoverResult } from './run/journaled.js';
export type {
  BuiltPolicy,
  FoundObject,
  HandoverDriver,
  HandoverKind,
  HandoverObject,
  HandoverPlace,
  ObjectOf,
  RemoveAnswer,
} from './run/driver.js';
export { createCallPinned } from './prove/call-pinned.js';
export { proveHandover, type ProveHandoverOptions } from './prove/prove-handover.js';
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
  readHandoverProof,
} from './prove/proof.js';
export { switchHandover, type SwitchHandoverOptions, type SwitchOptions } from './switch/switch-handover.js';
export {
  rollbackHandover,
  type HandoverRollbackDriver,
  type RollbackHandoverOptions,
} from './switch/rollback-handover.js';
export {
  handoverStatus,
  type HandoverPhase,
  type HandoverStatus,
  type HandoverStatusOptions,
  type LastCommand,
  type StageStatus,
  type StatusRecord,
} from './switch/handover-status.js';
export { finishHandover } from './finish/finish-handover.js';
export type {
  FinishHandoverOptions,
  FinishEdits,
  FinishEvent,
  FinishItem,
  FinishKind,
  FinishRemoval,
  FinishResult,
  FinishState,
  PaidInstance,
  StageDrain,
} from './finish/finish-events.js';
export type { ClassicApi, ClassicGroup, ClassicInstance, ClassicSide } from './switch/classic-side.js';
export type {
  HandoverFinishDriver,
  GatewayCalls,
  Judged,
  WatchCalls,
  WatchRequest,
  Witness,
  WitnessVerdict,
  FigurePeriod,
  HandoverFigures,
} from './switch/witness.js';
export type {
  DnsRecord,
  DnsValues,
  HandoverDns,
  HandoverSwitchDriver,
  ResolveName,
  ResolverAnswer,
} from './switch/dns.js';
export type { UnbuiltObject } from './switch/delete-built.js';
export type {
  SwitchedRecord,
  SwitchedStage,
  SwitchEvent,
  SwitchResult,
  SwitchState,
  SwitchWay,
  WantedRecord,
} from './switch/switch-events.js';
export { watchByCloud, witnessOf, type WitnessKind, watchByCalls, type CallsOptions } from './witness-of.js';
export {
  executeHandoverProof,
  executeHandoverRun,
  executeHandoverSwitch,
  type ExecuteHandoverOptions,
  type ExecuteSwitchOptions,
} from './execute-handover.js';
export { handoverReader, type HandoverReader } from './driver/handover-reader.js';
export type { HandoverRequest } from './source/source.js';
export type { TargetRequest } from './driver/target/target-state.js';
export { handoverDriver } from './driver/handover-driver.js';
