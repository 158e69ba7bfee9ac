/** Checks: what stops calls, and why; checks of your own; the judge of plans. */
export * from '../do/findings/finding.js';
export * from '../do/findings/subject.js';
export * from '../do/world/prepare.js';
export * from '../check/checks/run.js';
export * from '../check/checks/gateway/throttle.js';
export * from '../check/checks/explain.js';
export * from '../check/checks/define-check.js';
export * from '../check/judge/judge-plan.js';
export * from '../check/judge/found-before.js';
export * from '../do/findings/named-findings.js';
export * from '../check/checks/registry.js';
export * from '../do/world/derived.js';
export * from '../do/world/views.js';
export * from '../do/findings/check.js';
export * from '../do/findings/say.js';
export * from '../do/findings/explanation.js';
export * from '../check/path/reasons/index.js';
