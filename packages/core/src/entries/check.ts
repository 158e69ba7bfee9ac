/**
 * Checks: what stops calls, and why; checks of your own; the judge of plans.
 * @packageDocumentation
 */
export { check } from '../check/checks/run.js';
export { explain } from '../check/checks/explain.js';
export { judge } from '../check/judge/judge-plan.js';
export { defineCheck, ranked } from '../check/checks/define-check.js';
export { checksOf, rulesOf } from '../check/checks/registry.js';
export { fail, pass, unknown } from '../do/findings/say.js';
export { reportSarif } from '../check/report/sarif.js';
export type { Check } from '../do/findings/check.js';
export type { CheckReport } from '../do/findings/finding.js';
