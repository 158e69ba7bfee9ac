/**
 * What the package of a cloud is written with, besides `adapter`, `kinds`, `plan` and `snapshot`: what machinery of that cloud alone,
 * such as a hand-over between two of its products, has in common with the commands of core. Names may change with each version.
 * @packageDocumentation
 */
export { createInSteps } from '../do/apply/create-in-steps.js';
export { interruptedSteps, pause, shownError } from '../do/apply/outcome.js';
export { untilReadsShow } from '../do/apply/unseen.js';
export { UNSEEN_MS } from '../do/model/read-bound.js';
export { localRun } from '../do/apply/local-run.js';
export { repeat } from '../do/apply/repeat.js';
export { stepKey } from '../do/apply/events.js';
export { isAddress, isPrivate } from '../do/kinds/id-kinds.js';
export { elapsedMs } from '../ground/clocks/real-clock.js';
export { counted, DAY_MS, fewText } from '../ground/text/quantities.js';
export { HclExpression, hclBlock, hclName } from '../ground/text/hcl.js';
export { nearest } from '../ground/text/nearest.js';
export { documentHtml } from '../ground/text/document-html.js';
export { documentMarkdown } from '../ground/text/document-markdown.js';
export { documentText } from '../ground/text/document-text.js';
export { item, line, type Document, type Item, type Look, type Section } from '../ground/text/document.js';
export { findingOf } from '../do/findings/say.js';
export { REPORT_VERSION } from '../do/findings/finding.js';
export { journaled, type JournaledOptions } from '../moves/engine/journaled.js';
