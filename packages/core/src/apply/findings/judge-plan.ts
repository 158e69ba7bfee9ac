import { check } from '../../checks/run.js';
import { findingsNamed, type NamedFindings } from '../../findings/named-findings.js';
import type { Finding, PlanFinding } from '../../findings/finding.js';
import type { Spec } from '../../model/spec.js';
import { withMembers } from '../../plan/finish-plan.js';
import { partOf, plannedSpec } from '../../plan/only/part-of.js';
import type { Plan } from '../../plan/plan.js';
import type { Snapshot } from '../../snapshot/snapshot.js';
import { touchedBy } from './touched.js';

/**
 * A plan with the findings of `check` about what it changes. Pure: `snapshot` is the one that the plan was computed
 * from, and no cloud is called. A removal has no findings: nothing of it is declared to work.
 * @throws {InvalidInputError} as `check` does.
 */
export function judgePlan(
  plan: Plan,
  snapshot: Snapshot,
  spec: Spec,
  { ignored = [] }: { readonly ignored?: readonly NamedFindings[] | undefined } = {},
): Plan {
  if (plan.goal !== 'apply') return plan;
  // What was left out was not read.
  const part = plannedSpec(partOf(spec, plan.options ?? {}));
  // A cause that the plan mends must not hide the next one on the same path.
  const { findings } = check(snapshot, part, { passes: false, live: true, throughout: true });
  const failing = findings.filter(({ verdict, suppressed }) => verdict !== 'pass' && suppressed === undefined);
  const isTouched = touchedBy(plan, part);
  const isIgnored = ignored.map(findingsNamed);
  const own = failing.filter(isTouched).map((finding): PlanFinding => ({
    ...finding,
    ...(isMended(finding, plan) ? { mended: true } : {}),
    ...(isIgnored.some((covers) => covers(finding)) ? { ignored: true } : {}),
  }));
  return withMembers(plan, { findings: own, otherFindings: failing.length - own.length });
}

function isMended({ mendedBy }: Finding, { options }: Plan): boolean {
  return mendedBy === 'apply' || (mendedBy === 'replace-failed' && options?.replaceFailed === true);
}
