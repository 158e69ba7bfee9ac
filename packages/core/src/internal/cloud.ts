/**
 * What the package of a cloud is written with, besides `adapter`, `kinds`, `plan` and `snapshot`: what machinery of that cloud alone,
 * such as a hand-over between two of its products, has in common with the commands of core. Names may change with each version.
 */
export * from '../do/apply/create-in-steps.js';
export * from '../do/apply/outcome.js';
export * from '../do/apply/recorded-runs.js';
export * from '../do/apply/unseen.js';
export * from '../do/model/read-bound.js';
export * from '../do/apply/local-run.js';
export * from '../do/apply/repeat.js';
export * from '../do/apply/step.js';
export * from '../do/apply/events.js';
export * from '../do/kinds/id-kinds.js';
export * from '../ground/clocks/real-clock.js';
export * from '../ground/text/quantities.js';
export * from '../ground/text/hcl.js';
export * from '../ground/text/nearest.js';
export * from '../ground/text/document-html.js';
export * from '../ground/text/document-markdown.js';
export * from '../ground/text/document-text.js';
export * from '../ground/text/document.js';
export * from '../do/findings/say.js';
export * from '../do/findings/finding.js';
export * from '../moves/engine/journaled.js';
