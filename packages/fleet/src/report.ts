/**
 * Reports of runs: who changed what, when and why, and what was found over all accounts.
 * @packageDocumentation
 */
export { retriedLines, waitingLines } from './report/fleet-report.js';
export {
  FLEET_REPORT_VERSION,
  fleetReport,
  type FleetChange,
  type FleetFindings,
  type FleetReport,
  type RunRecord,
} from './report/fleet-report.js';
export { fleetReportHtml } from './report/pages.js';
export { runPage, runsPage, specPage, type PageForms } from './report/pages.js';
