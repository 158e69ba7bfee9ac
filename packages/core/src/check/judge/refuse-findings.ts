import { PosternError } from '../../ground/errors.js';
import type { PlanFinding } from '../../do/findings/finding.js';
import { stoppingFindings } from '../../do/findings/stopping-findings.js';
import { placeOf } from '../../do/model/place.js';
import type { Spec } from '../../do/spec.js';
import type { Plan } from '../../do/plan/plan.js';
import { causesOf, ignoreNames } from '../report/causes.js';
import type { FindingCause } from '../../do/findings/finding-cause.js';
import { counted } from '../../ground/text/counted.js';
import { fewText } from '../../ground/text/few-text.js';

/** What the error of {@link refuseFindings} has as its `details`. */
export interface RefusedFindings {
  readonly findings: readonly PlanFinding[];
  readonly causes: readonly FindingCause[];
  readonly [member: string]: unknown;
}

/**
 * Refuses a plan after which an error remains about what it changes. Warnings, and what cannot be determined, do not
 * refuse it. The error names the first cause.
 * @throws {PosternError} `FINDINGS_FAILED`, with the findings in `details.findings`, and with what of them has one cause in
 *   `details.causes`: {@link FindingCause}.
 */
export function refuseFindings({ findings: found = [] }: Plan, spec: Spec): void {
  const findings = stoppingFindings(found);
  const causes = causesOf(findings, spec);
  const [first, ...others] = causes;
  if (first === undefined) return;
  const { checks, path, subject, message, likewise, remedy = '' } = first;
  const alike = likewise.length === 0 ? '' : `; likewise ${fewText(likewise)}`;
  const more = others.length === 0 ? '' : `; and ${counted(others.length, 'more cause')}`;
  const flags = ignoreNames(causes).map((name) => `--ignore-findings ${quoted(name)}`);
  throw new PosternError(
    'FINDINGS_FAILED',
    `apply: ${counted(findings.length, 'error')} would remain after this plan, and nothing was changed: ${checks.join(', ')}  ${subject}: ${message}${alike}${more}`,
    {
      place: placeOf(spec, path),
      remedy: `${remedy === '' ? '' : `${remedy} `}To apply with ${findings.length === 1 ? 'this error' : 'these errors'}: ${flags.join(' ')} (in a program \`ignoreFindings\`).`,
      details: { findings, causes } satisfies RefusedFindings,
    },
  );
}

/** As a shell reads it: only what is not a plain name needs quotation marks. */
function quoted(name: string): string {
  return /^[\w/-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
}
