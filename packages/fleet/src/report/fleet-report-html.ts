import { htmlPage, PAGE_STYLE } from '@postern/core/report';
import type { FleetReport } from './fleet-report.js';
import {
  actionsHtml,
  approvalsHtml,
  changesHtml,
  failuresHtml,
  findingsHtml,
  handoversHtml,
  headHtml,
  movesHtml,
  specsHtml,
  watchedHtml,
  wavesHtml,
} from './sections.js';

/** The look of pages about runs. */
export const RUN_STYLE = `${PAGE_STYLE}
.state { font-weight: 600; } .failed, .canceled { color: var(--error); } .asking, .paused { color: var(--warning); } .done { color: var(--pass); }
`;

/** A report as one static page: no script, no external resources, and text from outside is escaped. */
export function fleetReportHtml(report: FleetReport): string {
  const { run, writtenAt } = report;
  const title = `Postern: ${run.run}`;
  const body = `${headHtml(run, writtenAt)}
${wavesHtml(run)}
${approvalsHtml(run)}
${actionsHtml(run)}
${watchedHtml(report)}
${movesHtml(report)}
${handoversHtml(report)}
${failuresHtml(report)}
${findingsHtml(report)}
${changesHtml(report)}
${specsHtml(run)}`;
  return htmlPage({ title, style: RUN_STYLE, body });
}
