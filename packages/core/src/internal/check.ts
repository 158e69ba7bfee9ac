/**
 * Checks: what stops calls, and why; checks of your own; the judge of plans.
 * @packageDocumentation
 */
export {
  REPORT_VERSION,
  type Evidence,
  type FailedFinding,
  type Mending,
  type OpenFinding,
  type Param,
  type Params,
  type PassedFinding,
  type PlanFinding,
  type Report,
  type ReportGap,
  type UndecidedFinding,
  type OpenFacts,
  type FindingFacts,
} from '../do/findings/finding.js';
export type { Subject } from '../do/findings/subject.js';
export type { Assumption } from '../do/world/prepare.js';
export { check, countedCheck, type CountedReport } from '../check/checks/run.js';
export { neededRates } from '../check/checks/gateway/throttle.js';
export { explain } from '../check/checks/explain.js';
export { defineCheck, ranked, type CheckDefinition } from '../check/checks/define-check.js';
export { judge, judgePlan } from '../check/judge/judge-plan.js';
export { parseIgnoredFindings, refuseFindings, type RefusedFindings } from '../check/judge/found-before.js';
export type { FindingCause } from '../do/findings/finding.js';
export { stoppingFindings, type NamedFindings } from '../do/findings/named-findings.js';
export { checksOf, rulesOf } from '../check/checks/registry.js';
export type { Derived } from '../do/world/derived.js';
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
} from '../do/world/views.js';
export type { Check, Outcome, RankedCheck, Rule } from '../do/findings/check.js';
export {
  fail,
  pass,
  undecided,
  unknown,
  type Said,
  type Say,
  type SayAbout,
  type Text,
  type Texts,
} from '../do/findings/say.js';
export type { Explanation, ExplainOptions, Hop, Path, Why } from '../do/findings/explanation.js';
export type { PathCode } from '../check/path/reasons/index.js';
export type { Slot } from '../do/world/derived.js';
