/**
 * Reports of checks, probes and plans: as text, JSON, Markdown, SARIF and JUnit.
 * @packageDocumentation
 */
export { displayText } from '../ground/text/display.js';
export { htmlFinding, htmlFolded, htmlTable } from '../ground/text/html-blocks.js';
export { htmlPage, htmlText, PAGE_STYLE } from '../ground/text/html-page.js';
export { textTable, type TextTableOptions } from '../ground/text/text-table.js';
export { counted, lengthOfTime } from '../ground/text/quantities.js';
export { ruleText } from '../do/words/rule-words.js';
export { hidingValues } from '../do/hidden-values.js';
export { targetLabel } from '../do/words/target-label.js';
export { causesOf } from '../check/report/causes.js';
export { planErrorsText, planFindingsText } from '../check/report/plan-findings.js';
export { jsonText } from '../ground/text/json-text.js';
export { alikeGaps } from '../do/findings/alike-gaps.js';
export { explainText } from '../check/report/explain.js';
export { reportJson } from '../check/report/json.js';
export {
  junitSuites,
  type JUnitCase,
  type JUnitCounts,
  type JUnitSuite,
  type JUnitSuites,
} from '../check/report/junit.js';
export { reportMarkdown, type ReportMarkdownOptions } from '../check/report/markdown.js';
export { reportSarif, type ReportSarifOptions } from '../check/report/sarif.js';
export { failsAt, tally, tallyText, type FailOn, type Tally } from '../check/report/tally.js';
export { reportText } from '../check/report/text.js';
export { probeJson, probeText } from '../check/report/probe.js';
export type { Style, ReportTextOptions } from '../ground/text/display.js';
