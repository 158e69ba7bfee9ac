/** Verdicts over time: which integration works since when, what changed it, and messages about it. */
export * from '../entries/watch.js';
export * from '../watch/observation.js';
export * from '../watch/step.js';
export * from '../watch/history.js';
export * from '../watch/model.js';
export * from '../watch/message.js';
export * from '../watch/deliver.js';
export * from '../watch/round.js';
export * from '../watch/report.js';
export * from '../watch/html.js';
