/**
 * Verdicts over time: which integration works since when, what changed it, and messages about it.
 * @packageDocumentation
 */
export { failedObservation, observation } from '../watch/observation.js';
export { watchStep } from '../watch/step.js';
export { newHistory } from '../watch/history.js';
export { watchMetrics } from '../watch/metrics.js';
export type { WatchHistory } from '../watch/model.js';
