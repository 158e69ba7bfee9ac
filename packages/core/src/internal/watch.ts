/**
 * Verdicts over time: which integration works since when, what changed it, and messages about it.
 * @packageDocumentation
 */
export * from '../entries/watch.js';
export type { Observation } from '../watch/observation.js';
export { CONFIRM_MS, watchingEnded } from '../watch/step.js';
export { decodeHistory, encodeHistory } from '../watch/history.js';
export { isTold, WATCH_VERDICTS, type WatchEvent, type WatchHistory, type WatchVerdict } from '../watch/model.js';
export { verdictCounts, watchMessage, type WatchMessage } from '../watch/message.js';
export { countsText, eventText, watchText } from '../watch/message.js';
export { slackMessage } from '../watch/deliver.js';
export { issueText } from '../watch/deliver.js';
export { delivered, dueAt, enqueue, nextDue, notDelivered, withoutOthers } from '../watch/history.js';
export { deliver, NotDelivered } from '../watch/deliver.js';
export { snapshotDigest, watchRound } from '../watch/round.js';
export { watchReport, watchReportJson, type WatchReport } from '../watch/report.js';
export { watchReportHtml } from '../watch/html.js';
