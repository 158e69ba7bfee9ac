import type { Report } from '../../do/findings/finding.js';
import type { ReportTextOptions } from '../../ground/text/display.js';
import { documentText } from '../../ground/text/document-text.js';
import { reportDocument, requireReport } from './document.js';

/**
 * A report as text: failures and unknowns by integration, the most urgent first. Each names in few lines the
 * problem and its subject, the hop of the path that stops calls, the rule that decides where the message does
 * not name it, and the remedy. Findings with one cause are combined, and so are findings that differ in names
 * and numbers only. The last line counts each entry once, and the passes. Text from outside is escaped so that it cannot control a terminal or
 * a CI system.
 *
 *     orders
 *       ✗ path/route  link eu → target orders: … ✓ network ACL out · ✗ route: the route of rtb-1 that takes 10.20.1.7 is a
 *         blackhole [10.20.0.0/16 → pcx-1 (blackhole)]
 *         → Accept the peering pcx-1 again, or remove the route.
 */
export function reportText(report: Report, options: ReportTextOptions = {}): string {
  requireReport('reportText', report);
  const { width = 100, passed } = options;
  return documentText(reportDocument(report, passed, Math.max(40, width)), options);
}
