import { PosternError } from '../../errors.js';
import type { PlanFinding } from '../../findings/finding.js';
import { stoppingFindings } from '../../findings/stopping-findings.js';
import { placeOf } from '../../model/place.js';
import type { Spec } from '../../model/spec.js';
import type { Plan } from '../../plan/plan.js';
import { counted } from '../../text/counted.js';

/** How many findings an error lists. */
const MOST_LISTED = 20;

/**
 * Refuses a plan after which an error remains about what it changes. Warnings, and what cannot be determined, do not
 * refuse it.
 * @throws {PosternError} `FINDINGS_FAILED`, with the findings in `details.findings`.
 */
export function refuseFindings(plan: Plan, spec: Spec): void {
  const findings = stoppingFindings(plan.findings ?? []);
  const [first, ...others] = findings.slice(0, MOST_LISTED).map((finding) => problemOf(finding, spec));
  if (first === undefined) return;
  throw new PosternError(
    'FINDINGS_FAILED',
    `apply: ${counted(findings.length, 'error')} would remain after this plan, and nothing was changed: ${first.message}`,
    {
      place: first.place,
      remedy: first.remedy,
      details: { findings: findings.slice(0, MOST_LISTED), count: findings.length, also: others },
    },
  );
}

function problemOf(finding: PlanFinding, spec: Spec) {
  const { check, subject, message, remedy = '', integration } = finding;
  const name = `${check}:${subject}`.replaceAll("'", String.raw`'\''`);
  const before = remedy === '' ? '' : `${remedy} `;
  return {
    code: 'FINDINGS_FAILED',
    message: `${check}  ${subject}: ${message}`,
    place: integration === null ? undefined : placeOf(spec, `integrations.${integration}`),
    remedy: `${before}To apply with this error: --ignore-findings '${name}' (in a program \`ignoreFindings\`).`,
  };
}
