import { defined } from '../../ground/defined.js';
import { type FindingCause, REPORT_VERSION, type OpenFinding, type Finding } from '../../do/findings/finding.js';
import type { Spec } from '../../do/spec.js';
import { entriesOf } from './entries.js';
import { entryOf } from '../../ground/json.js';
import { subjectOf } from '../../do/findings/subject.js';

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

/** Where in the spec a finding belongs, as a path of keys: `integrations.shop.targets.orders`. */
export function pathOfFinding(finding: Finding, spec: Spec): string {
  const { integration, about } = finding;
  if (integration !== null) {
    const path = `integrations.${integration}`;
    const own = entryOf(spec.integrations, integration);
    return `${path}${own === undefined ? '' : memberOf(finding, own)}`;
  }

  const [first] = about;
  if (first?.kind === 'link' && Object.hasOwn(spec.links, first.id)) return `links.${first.id}`;

  return first?.kind === 'ignore' ? first.id : 'links';
}

/** The target or route that a finding is about. */
function memberOf(finding: Finding, { targets, routes }: Spec['integrations'][string]): string {
  const target = subjectOf('target', finding)?.id;
  if (target !== undefined && Object.hasOwn(targets, target)) return `.targets.${target}`;

  const route = subjectOf('route', finding)?.id;
  return route !== undefined && Object.hasOwn(routes, route) ? `.routes.${route}` : '';
}
