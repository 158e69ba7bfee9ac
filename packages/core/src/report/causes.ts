import { REPORT_VERSION, type OpenFinding } from '../findings/finding.js';
import type { Spec } from '../model/spec.js';
import { entriesOf } from './entries.js';
import { pathOfFinding } from './path-of-finding.js';

/** Findings that a report shows as one entry: those of one cause, and those that say the same of others. */
export interface FindingCause {
  /** Its checks, that of the first finding first: `target/healthy`, `path/load-balancer`. */
  readonly checks: readonly string[];
  /** The value of `--ignore-findings` (an item of `ignoreFindings`) that covers all its findings. */
  readonly ignore: string;
  /** Where the first finding belongs in the spec: `integrations.shop.targets.orders`. */
  readonly path: string;
  /** Those of the first finding. */
  readonly subject: string;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** What its others are about, where that is not the subject: `i1`, `t4 (sg-2)`. */
  readonly likewise: readonly string[];
  /** What is combined, each by its check and subject. */
  readonly findings: readonly Pick<OpenFinding, 'check' | 'subject' | 'integration'>[];
}

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
        ...(remedy === undefined ? {} : { remedy }),
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
