export * from './index.js';
export { readHandoverSource, sourceDigest } from './source/read-source.js';
export type { SourceGroup, SourcePlugin, SourceWord, SourceDomain } from './source/source.js';
export type { SourceAccess, SourceApi, SourceBackend, SourceDeployment } from './source/source-api.js';
export type { AssessOptions } from './assess/assess.js';
export type { HandoverItem, HandoverVerdict } from './assess/assessment.js';
export { HANDOVER_RULES } from './assess/rules/index.js';
export { parseWaiver, type Waiver } from './assess/rule.js';
export type { TargetGateway } from './assess/view.js';
export { assessmentJson } from './report/shown-items.js';
export { assessmentHtml, assessmentMarkdown, assessmentText } from './report/document.js';
export { assessmentReport, handoverRules } from './report/findings.js';
export type { PlanHandoverOptions, PurchaseVSwitch } from './plan/plan-handover.js';
export { readHandoverPlan, requireCurrentPlan } from './plan/fingerprint.js';
export { handoverPlanText } from './plan/plan-text.js';
export { audit, auditText, type Audit } from './audit/audit.js';
export type { TargetEntry, TargetState } from './audit/target-state.js';
export type { HandoverEvent } from './run/journaled.js';
export type { ProveHandoverOptions } from './prove/prove-handover.js';
export { readHandoverProof, type ProvenRoute } from './prove/proof.js';
export type { SwitchHandoverOptions } from './switch/switch-handover.js';
export type { HandoverRollbackDriver, RollbackHandoverOptions } from './switch/rollback-handover.js';
export { handoverStatus, type HandoverStatus, type StageStatus } from './switch/handover-status.js';
export type {
  FinishEvent,
  FinishHandoverOptions,
  FinishItem,
  FinishRemoval,
  FinishState,
} from './finish/finish-events.js';
export type {
  GatewayCalls,
  HandoverFigures,
  HandoverFinishDriver,
  WatchCalls,
  WatchRequest,
  Witness,
} from './switch/witness.js';
export type { HandoverSwitchDriver, ResolveName, ResolverAnswer } from './switch/dns.js';
export type { SwitchedRecord, SwitchEvent, SwitchState, WantedRecord } from './switch/switch-events.js';
export { watchByCalls, watchByCloud, witnessOf } from './witness-of.js';
export { executeHandoverProof, executeHandoverRun, executeHandoverSwitch } from './execute-handover.js';
