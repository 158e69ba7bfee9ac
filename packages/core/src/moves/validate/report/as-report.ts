import { REPORT_VERSION, type Evidence, type Report } from '../../../do/findings/finding.js';
import type { MigrationReport } from '../migration.js';

/** The check that names the edits in tools that declare the gateway. */
const OWNER = 'migrate/owner';

/** The findings in the form of a report of checks, for code that shows one. */
export function asReport({ findings, gaps, assumptions }: MigrationReport): Report {
  return { version: REPORT_VERSION, findings, gaps, assumptions };
}

/** As {@link asReport}, without the finding whose evidence the report shows in a separate part. */
export function shownReport(report: MigrationReport): Report {
  return asReport({ ...report, findings: report.findings.filter(({ check }) => check !== OWNER) });
}

/** The edits for the tools that may declare the gateway. */
export function shownEdits({ findings }: MigrationReport): readonly Evidence[] {
  return findings.find(({ check }) => check === OWNER)?.evidence ?? [];
}
