import { defined } from '../../ground/defined.js';
import { type FindingCause, REPORT_VERSION, type OpenFinding } from '../../do/findings/finding.js';
import type { Spec } from '../../do/spec.js';
import { entriesOf } from './entries.js';
import { pathOfFinding } from './path-of-finding.js';

/** The causes of findings, in the order of a report. */
export function causesOf(findings: readonly OpenFinding[], spec: Spec): readonly FindingCause[] {
  const report = { version: REPORT_VERSION, findings, gaps: [], assumptions: [] } as const;
  return entriesOf(report, findings.length).groups.flatMap(({ findings: entries }) =>
    entries.map(({ finding, likewise, findings: combined }): FindingCause => {
      const { check, subject, message, remedy } = finding;
      const subjects = new Set(combined.filter((one) => one.check === check).map((one) => one.subject));
      return {
        checks: [...new Set(combined.map((one) => one.check))],
        ignore: subjects.size === 1 ? `${check}:${subject}` : check,
        path: pathOfFinding(finding, spec),
        subject,
        message,
        ...defined({ remedy }),
        likewise,
        findings: combined.map((one) => ({ check: one.check, subject: one.subject, integration: one.integration })),
      };
    }),
  );
}

/** The values of `--ignore-findings` that cover causes: one for each check that leads one. */
export function ignoreNames(causes: readonly FindingCause[]): readonly string[] {
  const names = new Map<string, Set<string>>();
  for (const { checks, ignore } of causes) {
    const [check = ignore] = checks;
    names.set(check, (names.get(check) ?? new Set()).add(ignore));
  }
  return [...names].map(([check, [first = check, ...others]]) => (others.length === 0 ? first : check));
}
