import type { Report } from '../../do/findings/finding.js';
import { documentMarkdown } from '../../ground/text/document-markdown.js';
import { reportDocument, requireReport } from './document.js';

/** How a report of findings is written as Markdown. */
export interface ReportMarkdownOptions {
  /** How many findings passed, where the report leaves them out. */
  readonly passed?: number | undefined;
  /** Where the page of the checks is: each check then links to its section there. */
  readonly docs?: string | undefined;
}

/**
 * A report as Markdown, for a comment on a change: findings by integration, what was ignored, what could not
 * be read and what was assumed. Text from outside is escaped: it creates no link, no tag and no mention. The
 * only links point to `docs`.
 */
export function reportMarkdown(report: Report, options: ReportMarkdownOptions = {}): string {
  requireReport('reportMarkdown', report);
  return documentMarkdown(reportDocument(report, options.passed), options);
}
