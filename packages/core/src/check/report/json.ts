import type { Evidence, Finding, Report, ReportGap } from '../../do/findings/finding.js';
import { jsonText } from '../../ground/text/json-text.js';
import { requireReport } from './document.js';

/**
 * A report as one JSON document: `{ version, findings, gaps, assumptions }`, with the members of the types in
 * a fixed order, and no others. The same report gives the same bytes.
 */
export function reportJson(report: Report): string {
  requireReport('reportJson', report);
  return `${jsonText(
    {
      version: report.version,
      findings: report.findings.map(findingJson),
      gaps: report.gaps.map(gapOf),
      assumptions: report.assumptions.map(({ path, text }) => ({ path, text })),
    },
    2,
  )}\n`;
}

/** A finding with its members in a fixed order, and no others. */
export function findingJson(finding: Finding): Pick<Finding, keyof Finding> {
  const { check, verdict, severity, integration, subject, message, evidence, remedy } = finding;
  const { code, about, routes, params, mendedBy, suppressed } = finding;
  return {
    check,
    verdict,
    severity,
    integration,
    subject,
    message,
    evidence: evidence.map(evidenceOf),
    remedy,
    code,
    about: about.map(({ kind, id, label }) => ({ kind, id, label })),
    routes,
    params,
    mendedBy,
    suppressed: suppressed && { reason: suppressed.reason, until: suppressed.until },
  };
}

function evidenceOf({ kind, id, text, hop, verdict, code }: Evidence): Evidence {
  return { kind, id, text, hop, verdict, code };
}

/** A gap with its members in a fixed order. */
export function gapOf({ provider, region, account, what, operation, code, permission, of, id }: ReportGap): ReportGap {
  return { provider, region, account, what, operation, code, permission, of, id };
}
