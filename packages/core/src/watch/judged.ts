import { defined } from '../ground/defined.js';
import { isOpen, type OpenFinding, type Report } from '../do/findings/finding.js';
import { subjectOf } from '../do/findings/subject.js';
import type { Spec } from '../do/spec.js';
import type { WatchReason, WatchVerdict } from './model.js';
import type { Uncreated } from './cause.js';
import { addTo } from '../ground/grouped.js';

/** The verdict of one observation about one subject. */
export interface Judged {
  readonly verdict: WatchVerdict;
  readonly reasons: readonly WatchReason[];
  readonly more: number;
  /** Whether its link or a route does not exist yet. */
  readonly isNew?: true | undefined;
}

/** So many reasons of a verdict are kept. */
const MOST_REASONS = 3;
const MOST_IDS = 12;

/**
 * The verdicts of a report: of each integration, of each link that no integration uses, and of the spec for all other findings. Only
 * findings of severity `error` that the spec does not ignore count. A finding about a link counts for each of its integrations. A part
 * that does not exist yet is not proven, although no check fails. Neither is a part that `postern apply` would change: verdicts of
 * checks hold for the state after the apply, and calls take the state before it.
 */
export function judged(report: Report, spec: Spec, uncreated: Uncreated = new Map()): ReadonlyMap<string, Judged> {
  const integrations = Object.entries(spec.integrations);
  const used = new Set(integrations.map(([, { link }]) => link));
  const ofLink = new Map<string, [OpenFinding, ...OpenFinding[]]>();
  const found = new Map<string, [OpenFinding, ...OpenFinding[]]>();
  for (const finding of report.findings) {
    if (!isOpen(finding) || finding.suppressed !== undefined) continue;
    if (finding.severity !== 'error' && !isUnapplied(finding)) continue;

    const { integration } = finding;
    const link = subjectOf('link', finding)?.id;
    if (integration !== null && Object.hasOwn(spec.integrations, integration))
      addTo(found, `integration ${integration}`, finding);
    else if (link !== undefined && Object.hasOwn(spec.links, link)) addTo(ofLink, link, finding);
    else addTo(found, SPEC, finding);
  }
  return new Map([
    ...integrations.map(([name, { link }]): [string, Judged] => {
      const key = `integration ${name}`;
      return [key, judgedBy([...(ofLink.get(link) ?? []), ...(found.get(key) ?? [])], uncreated.get(key))];
    }),
    ...Object.keys(spec.links)
      .filter((name) => !used.has(name))
      .map((name): [string, Judged] => {
        const key = `link ${name}`;
        return [key, judgedBy(ofLink.get(name) ?? [], uncreated.get(key))];
      }),
    [SPEC, judgedBy(found.get(SPEC) ?? [])],
  ]);
}

/** Whether live objects differ from the spec until the next apply. The checks then report a warning only. */
function isUnapplied({ severity, verdict, mendedBy }: OpenFinding): boolean {
  return severity === 'warning' && verdict === 'fail' && mendedBy === 'apply';
}

/** The subject of what is about no integration and no link. */
export const SPEC = 'spec';

function judgedBy(findings: readonly OpenFinding[], uncreated?: WatchReason): Judged {
  const failed = findings.filter((one) => one.verdict === 'fail' && !isUnapplied(one));
  const isNew = uncreated === undefined ? undefined : true;
  if (failed.length > 0) return { verdict: 'broken', ...shortened(failed.map(reasonOf)), isNew };

  const reasons = [...(uncreated === undefined ? [] : [uncreated]), ...findings.map(reasonOf)];
  return { verdict: reasons.length === 0 ? 'works' : 'unknown', ...shortened(reasons), isNew };
}

function shortened(reasons: readonly WatchReason[]): Pick<Judged, 'reasons' | 'more'> {
  return { reasons: reasons.slice(0, MOST_REASONS), more: Math.max(0, reasons.length - MOST_REASONS) };
}

function reasonOf({ check, code, subject, message, remedy, about, evidence }: OpenFinding): WatchReason {
  const ids = [...new Set([...evidence.map(({ id }) => id), ...about.map(({ id }) => id)])].slice(0, MOST_IDS);
  return { check, code, subject, message, ...defined({ remedy }), ids };
}
