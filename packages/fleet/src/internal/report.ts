export * from '../report.js';
export { retriedLines, waitingLines } from '../report/fleet-report.js';
export { runPage, runsPage, specPage } from '../report/pages.js';
