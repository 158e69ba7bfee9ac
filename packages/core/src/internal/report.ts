/**
 * Reports of checks, probes and plans: as text, JSON, Markdown, SARIF and JUnit.
 */
export * from '../ground/text/display.js';
export * from '../ground/text/html-blocks.js';
export * from '../ground/text/html-page.js';
export * from '../ground/text/text-table.js';
export * from '../ground/text/quantities.js';
export * from '../do/words/rule-words.js';
export * from '../do/hidden-values.js';
export * from '../do/words/target-label.js';
export * from '../check/report/causes.js';
export * from '../check/report/plan-findings.js';
export * from '../ground/text/json-text.js';
export * from '../do/findings/alike-gaps.js';
export * from '../check/report/explain.js';
export * from '../check/report/json.js';
export * from '../check/report/junit.js';
export * from '../check/report/markdown.js';
export * from '../check/report/sarif.js';
export * from '../check/report/tally.js';
export * from '../check/report/text.js';
export * from '../check/report/probe.js';
