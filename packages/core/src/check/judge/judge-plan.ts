import { checkArgument } from '../../do/forms/check-argument.js';
import { snapshotArgument } from '../../do/snapshot/snapshot-argument.js';
import { givenClouds, givenSpec, type AnySpec } from '../../do/input/given-spec.js';
import type { OnClouds } from '../../do/kinds/cloud/clouds.js';
import { planForm } from '../../do/plan/plan-scope.js';
import { check } from '../checks/run.js';
import type { CheckOptions } from '../../do/findings/check.js';
import { findingsNamed, type NamedFindings } from '../../do/findings/named-findings.js';
import { isOpen, type Finding, type OpenFinding, type PlanFinding } from '../../do/findings/finding.js';
import type { LinkSpec, Spec } from '../../do/spec.js';
import { withMembers } from '../../do/plan/finish-plan.js';
import { partOf, type SpecPart } from '../../do/plan/only/part-of.js';
import type { Plan } from '../../do/plan/plan.js';
import { bySameCause } from '../report/same-cause.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { regionOf } from '../../do/world/index/region-index.js';
import { changedFindings, parseIgnoredFindings, refuseFindings } from './found-before.js';
import { explain } from '../checks/explain.js';
import type { Judge } from '../../do/plan/judge.js';

/**
 * A plan with the findings of `check` about what it changes. Pure: `snapshot` is the one that the plan was computed
 * from, and no cloud is called. A region that was read for a plan alone (`RegionSnapshot.asked`) is not checked. A
 * removal has no findings: nothing of it is declared to work.
 *
 * ```ts
 * const { findings = [] } = judgePlan(diff(snapshot, spec, { clouds }), snapshot, spec, { clouds });
 * ```
 *
 * @throws {InvalidInputError} as `check` does.
 */
export function judgePlan(
  plan: Plan,
  snapshot: Snapshot,
  wanted: AnySpec,
  options: OnClouds & { readonly ignored?: readonly NamedFindings[] | undefined },
): Plan {
  const clouds = givenClouds('judgePlan', options);
  const { ignored = [] } = options;
  const spec = givenSpec('judgePlan', wanted, clouds);
  checkArgument('judgePlan', 'plan', planForm, plan);
  checkArgument('judgePlan', 'snapshot', snapshotArgument, snapshot);
  return judgePart(plan, snapshot, partOf(spec, clouds, plan.options ?? {}), ignored);
}

/** A cause that the plan fixes must not hide the next one on the same path. */
const HOW: CheckOptions = { passes: false, live: true, throughout: true };

/** As {@link judgePlan} of a part of a spec: what was left out was not read. */
function judgePart(
  plan: Plan,
  snapshot: Snapshot,
  { planned, clouds }: SpecPart,
  ignored: readonly NamedFindings[],
): Plan {
  if (plan.goal !== 'apply') return plan;

  const checked = checkedPart(planned, snapshot);
  if (Object.keys(checked.links).length === 0) return plan;

  // The other regions declare more than this part.
  const read = { ...snapshot, regions: snapshot.regions.filter(({ asked }) => asked === undefined) };
  const { findings } = check(read, checked, { ...HOW, clouds });
  const failing = findings.filter(isOpen).filter((one) => one.suppressed === undefined);
  const touched = changedFindings(failing, { plan, snapshot, spec: checked, options: { ...HOW, clouds } });
  const isIgnored = coveredBy(ignored, touched);
  const own = touched.map((finding): PlanFinding => ({
    ...finding,
    ...(isMended(finding, plan) ? { mended: true } : {}),
    ...(isIgnored(finding) ? { ignored: true } : {}),
  }));
  // A note is about no fault, such as an entry of `ignore` without a finding, which may be about what was not checked.
  const counted = (some: readonly Finding[]): number => some.filter(({ severity }) => severity !== 'note').length;
  return withMembers(plan, { findings: own, otherFindings: counted(failing) - counted(own) });
}

/** The links of a spec in regions that were read for checks, and their integrations. */
function checkedPart(spec: Spec, snapshot: Snapshot): Spec {
  if (snapshot.regions.every(({ asked }) => asked === undefined)) return spec;

  const isChecked = ([name, link]: readonly [string, LinkSpec]) => {
    const { asked, unread } = regionOf(snapshot, spec, name, link);
    return asked === undefined && unread === undefined;
  };
  const links = Object.fromEntries(Object.entries(spec.links).filter(isChecked));
  const integrations = Object.entries(spec.integrations).filter(([, { link }]) => Object.hasOwn(links, link));
  return { ...spec, links, integrations: Object.fromEntries(integrations) };
}

/** Whether a finding is named, or has its cause in common with one that is: checks report one cause under several names. */
function coveredBy(ignored: readonly NamedFindings[], findings: readonly OpenFinding[]): (one: OpenFinding) => boolean {
  if (ignored.length === 0) return () => false;

  const named = ignored.map(findingsNamed);
  const isNamed = (one: OpenFinding): boolean => named.some((covers) => covers(one));
  const failures = findings.filter(({ verdict }) => verdict === 'fail');
  const causes = bySameCause(failures).map(({ finding, also }) => [finding, ...also]);
  const covered = new Set(causes.filter((cause) => cause.some(isNamed)).flat());
  return (one) => covered.has(one) || isNamed(one);
}

function isMended({ mendedBy }: Finding, { options }: Plan): boolean {
  return mendedBy === 'apply' || (mendedBy === 'replace-failed' && options?.replaceFailed === true);
}

const ignored: Judge['ignored'] = (texts, clouds) => (texts.length === 0 ? [] : parseIgnoredFindings(texts, clouds));

/** All checks of this package: the `judge` of `PrivateIntegrations` and of `apply`. */
export const judge: Judge = { check, explain, ignored, judge: judgePart, refuse: refuseFindings };
