import { jsonText } from '../../../ground/text/json-text.js';
import { findingJson, gapOf } from '../../../check/report/json.js';
import { MIGRATION_REPORT_VERSION, type MigrationReport } from '../migration.js';
import { migrateOwner } from '../checks/owner.js';
import type { GroupReport } from '../validate-instance.js';
import { REPORT_VERSION, type Report } from '../../../do/findings/finding.js';

/**
 * A report as one JSON document: `{ version, findings, impact, gaps, assumptions }`, members in a fixed
 * order. The same report gives the same bytes.
 */
export function migrationJson(report: MigrationReport): string {
  return `${jsonText(documentOf(report), 2)}\n`;
}

/**
 * The groups of an instance, in the order in which to move them: `{ version, groups: [{ gateway, name, mayGo, … }] }`.
 */
export function instanceJson(groups: readonly GroupReport[]): string {
  const members = groups.map(({ gateway, name, mayGo, report }) => ({ gateway, name, mayGo, ...documentOf(report) }));
  return `${jsonText({ version: MIGRATION_REPORT_VERSION, groups: members }, 2)}\n`;
}

function documentOf({ version, findings, impact, gaps, assumptions }: MigrationReport): object {
  return {
    version,
    findings: findings.map(findingJson),
    impact,
    gaps: gaps.map(gapOf),
    assumptions: assumptions.map(({ path, text }) => ({ path, text })),
  };
}

/** The findings in the form of a report of checks, for code that shows one. */
export function asReport({ findings, gaps, assumptions }: MigrationReport): Report {
  return { version: REPORT_VERSION, findings, gaps, assumptions };
}

/** As {@link asReport}, without the finding whose evidence the report shows in a separate part. */
export function shownReport(report: MigrationReport): Report {
  return asReport({ ...report, findings: report.findings.filter(({ check }) => check !== migrateOwner.id) });
}
