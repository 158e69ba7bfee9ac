import { check } from '../checks/run.js';
import type { CheckOptions } from '../../do/findings/check-options.js';
import type { Finding, OpenFinding } from '../../do/findings/finding.js';
import { canonicalJson } from '../../ground/hash.js';
import type { Json } from '../../ground/json.js';
import type { LinkSpec, Spec } from '../../do/spec.js';
import type { Plan } from '../../do/plan/plan.js';
import { inputOf } from '../../do/plan/step-input.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { touchedBy } from './touched.js';

/**
 * The findings that are about what a plan changes, and that it does not merely leave as they are: where it only removes
 * entries of an allowlist, a finding counts that is not there, or says less, as long as they are allowed. An incident of
 * a backend does not keep an allowlist open.
 */
export function changedFindings(
  findings: readonly OpenFinding[],
  { plan, snapshot, spec, options }: { plan: Plan; snapshot: Snapshot; spec: Spec; options: CheckOptions },
): readonly OpenFinding[] {
  const touched = findings.filter(touchedBy(plan, spec));
  const isWidened = touchedBy({ units: plan.units.map(withoutRevocations) }, spec);
  if (touched.every(isWidened)) return touched;
  const before = new Set(check(snapshot, beforeRevocations(spec, plan), options).findings.map(keyOf));
  return touched.filter((one) => isWidened(one) || !before.has(keyOf(one)));
}

function withoutRevocations(unit: Plan['units'][number]): Plan['units'][number] {
  return { ...unit, steps: unit.steps.filter(({ kind }) => kind !== 'revoke') };
}

/** A spec in which the blocks are declared that a plan removes. Without ports of their own, they allow what is allowed now. */
function beforeRevocations(spec: Spec, { units }: Plan): Spec {
  const links: Record<string, LinkSpec> = { ...spec.links };
  for (const { name, steps } of units) {
    const revoked = steps.flatMap((one) => (one.kind === 'revoke' ? inputOf(one, 'revoke allowlist').entries : []));
    const link = links[name];
    if (link === undefined || revoked.length === 0) continue;
    const blocks = new Set(revoked.map(({ cidrBlock }) => cidrBlock));
    const allowPorts = Object.fromEntries(
      Object.entries(link.allowPorts ?? {}).filter(([block]) => !blocks.has(block)),
    );
    links[name] = { ...link, allowlist: [...new Set([...(link.allowlist ?? []), ...blocks])], allowPorts };
  }
  return { ...spec, links };
}

/** What a finding says. The sentences follow from it. */
function keyOf({ check: id, code, verdict, integration, about, params }: Finding): string {
  const subjects = about.map(({ kind, id: of }) => [kind, of]);
  return canonicalJson([id, code, verdict, integration, subjects, params as Json]);
}
