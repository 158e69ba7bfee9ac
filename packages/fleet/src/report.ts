/**
 * Reports of runs: who changed what, when and why, and what was found over all accounts.
 * @packageDocumentation
 */
export { fleetReport, type FleetReport } from './report/fleet-report.js';
export { fleetReportHtml } from './report/pages.js';
