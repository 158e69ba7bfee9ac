/**
 * Plans: what is there compared with a spec, what a plan may do, and its execution.
 * @packageDocumentation
 */
export { observeSpec } from '../do/observe/observe-spec.js';
export { diff } from '../do/plan/diff.js';
export { planText } from '../do/plan/text/render.js';
export { apply } from '../do/apply/apply.js';
