import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import type { Spec } from '../spec.js';
import type { Plan, Step, Unit } from './plan.js';

/** Steps after which calls get to their targets as before: a name, a mark, a wait, something that no declared route uses. */
const WITHOUT_EFFECT: ReadonlySet<Step['kind']> = new Set<Step['kind']>(['adopt', 'rename', 'tag', 'delete']);

/** What a plan changes, and what depends on that: names of links and integrations, IDs of gateways. */
export interface TouchedParts {
  readonly integrations: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
  readonly gateways: ReadonlySet<string>;
}

/**
 * The integrations whose routes or targets a plan changes; all integrations of a link that is created, replaced or gets
 * another allowlist; the links and gateways of these; a gateway that is deployed.
 */
export function touchedParts({ units }: Pick<Plan, 'units'>, spec: Spec): TouchedParts {
  const changing = units.filter(({ steps }) => steps.some(({ kind }) => !WITHOUT_EFFECT.has(kind)));
  const named = (...kinds: readonly Unit['kind'][]): ReadonlySet<string> =>
    new Set(changing.flatMap(({ kind, name }) => (kinds.includes(kind) ? [name] : [])));
  const [ownLinks, own] = [named('link', 'link-narrowing'), named('integration')];
  const touched = Object.entries(spec.integrations).filter(([name, { link }]) => own.has(name) || ownLinks.has(link));
  return {
    integrations: new Set(touched.map(([name]) => name)),
    links: new Set([...ownLinks, ...touched.map(([, { link }]) => link)]),
    gateways: new Set([...named('gateway'), ...touched.map(([, { gateway }]) => gatewayId(gateway))]),
  };
}

/** The links of a spec whose calls a plan may change: where they are, there is something to check. */
export function linksToCheck(plan: Pick<Plan, 'units'>, spec: Spec): ReadonlySet<string> {
  const { links, gateways } = touchedParts(plan, spec);
  const ofGateways = Object.values(spec.integrations).filter(({ gateway }) => gateways.has(gatewayId(gateway)));
  return new Set([...links, ...ofGateways.map(({ link }) => link)]);
}
