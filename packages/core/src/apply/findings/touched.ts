import type { Finding } from '../../findings/finding.js';
import { gatewayId } from '../../kinds/gateway/gateway-kinds.js';
import type { Spec } from '../../model/spec.js';
import type { Plan, Step, Unit } from '../../plan/plan.js';

/** Steps after which calls get to their targets as before: a name, a mark, a wait, something that no declared route uses. */
const WITHOUT_EFFECT: ReadonlySet<Step['kind']> = new Set<Step['kind']>(['adopt', 'rename', 'tag', 'delete']);

/**
 * Whether a finding is about what a plan changes: an integration whose routes or targets change; all integrations of a
 * link that is created, replaced or gets another allowlist; the links and gateways of these; a gateway that
 * is deployed.
 */
export function touchedBy({ units }: Pick<Plan, 'units'>, spec: Spec): (finding: Finding) => boolean {
  const changing = units.filter(({ steps }) => steps.some(({ kind }) => !WITHOUT_EFFECT.has(kind)));
  const named = (...kinds: readonly Unit['kind'][]): ReadonlySet<string> =>
    new Set(changing.flatMap(({ kind, name }) => (kinds.includes(kind) ? [name] : [])));
  const [ownLinks, own] = [named('link', 'link-narrowing'), named('integration')];
  const touched = Object.entries(spec.integrations).filter(([name, { link }]) => own.has(name) || ownLinks.has(link));
  const integrations = new Set(touched.map(([name]) => name));
  const shared: Readonly<Record<string, ReadonlySet<string>>> = {
    link: new Set([...ownLinks, ...touched.map(([, { link }]) => link)]),
    gateway: new Set([...named('gateway'), ...touched.map(([, { gateway }]) => gatewayId(gateway))]),
  };
  return ({ integration, about }) => {
    if (integration !== null && integrations.has(integration)) return true;
    // What is about a link alone is about each of its integrations; a path is about the one whose calls take it.
    const of = integration === null ? about : about.filter(({ kind }) => kind === 'gateway');
    return of.some(({ kind, id }) => shared[kind]?.has(id) === true);
  };
}
