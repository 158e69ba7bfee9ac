/**
 * Verdicts over time: which integration works since when, what changed it, and messages about it.
 * @packageDocumentation
 */
export { failedObservation, observation, type Observation } from '../watch/observation.js';
export { CONFIRM_MS, watchingEnded, watchStep, type WatchStep, type WatchStepOptions } from '../watch/step.js';
export { decodeHistory, encodeHistory, newHistory } from '../watch/history.js';
export {
  isTold,
  WATCH_VERDICTS,
  type PendingVerdict,
  type Undelivered,
  type WatchCause,
  type WatchChange,
  type WatchedSpec,
  type WatchedSubject,
  type WatchEvent,
  type WatchHistory,
  type WatchLimit,
  type WatchReason,
  type WatchVerdict,
  type WorseSince,
} from '../watch/model.js';
export { verdictCounts, watchMessage, type WatchGroup, type WatchMessage } from '../watch/message.js';
export { countsText, eventText, watchText } from '../watch/message.js';
export { slackMessage } from '../watch/deliver.js';
export { issueText } from '../watch/deliver.js';
export { delivered, dueAt, enqueue, nextDue, notDelivered, withoutOthers } from '../watch/history.js';
export { deliver, NotDelivered, type DeliverOptions, type Notifier } from '../watch/deliver.js';
export { snapshotDigest, watchRound, type WatchRoundOptions } from '../watch/round.js';
export { watchReport, watchReportJson, type WatchedEntry, type WatchReport } from '../watch/report.js';
export { watchReportHtml } from '../watch/html.js';
export { watchMetrics, type RoundFigures } from '../watch/metrics.js';
