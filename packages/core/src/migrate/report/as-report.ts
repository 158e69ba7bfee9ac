import { REPORT_VERSION, type Evidence, type Report } from '../../findings/finding.js';
import type { MigrationReport } from '../migration.js';

/** The check that names the edits of whoever declares the gateway. */
const OWNER = 'migrate/owner';

/** The findings as a report of checks has them, for what shows one. */
export function asReport({ findings, gaps, assumptions }: MigrationReport): Report {
  return { version: REPORT_VERSION, findings, gaps, assumptions };
}

/** As {@link asReport}, without the finding whose evidence a report for people shows in a part of its own. */
export function shownReport(report: MigrationReport): Report {
  return asReport({ ...report, findings: report.findings.filter(({ check }) => check !== OWNER) });
}

/** The edits for the tools that may declare the gateway. */
export function editsOf({ findings }: MigrationReport): readonly Evidence[] {
  return findings.find(({ check }) => check === OWNER)?.evidence ?? [];
}
