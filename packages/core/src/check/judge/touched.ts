import type { Finding } from '../../do/findings/finding.js';
import type { Spec } from '../../do/spec.js';
import type { Plan } from '../../do/plan/plan.js';
import { touchedParts } from '../../do/plan/unit-list.js';

/** Whether a finding is about what a plan changes; see {@link touchedParts}. */
export function touchedBy(plan: Pick<Plan, 'units'>, spec: Spec): (finding: Finding) => boolean {
  const { integrations, links, gateways } = touchedParts(plan, spec);
  const shared: Readonly<Record<string, ReadonlySet<string>>> = { link: links, gateway: gateways };
  return ({ integration, about }) => {
    if (integration !== null && integrations.has(integration)) return true;
    // What is about a link alone is about each of its integrations; a path is about the one whose calls take it.
    const of = integration === null ? about : about.filter(({ kind }) => kind === 'gateway');
    return of.some(({ kind, id }) => shared[kind]?.has(id) === true);
  };
}
