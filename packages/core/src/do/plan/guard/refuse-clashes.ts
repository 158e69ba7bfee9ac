import type { Clouds } from '../../kinds/cloud/clouds.js';
import { variableClash } from '../../kinds/gateway/path-variables.js';
import type { Gateway } from '../../model/gateway.js';
import type { Problems } from '../../world/resolve/problems.js';
import type { ResolvedIntegration } from '../../world/resolve/resolve.js';
import { routeKeyOf, type RouteChanges } from '../route-changes.js';

/** Refuses routes whose path variable has another name on a route that stays: the gateway would refuse its creation. */
export function refuseClashes(
  clouds: Clouds,
  { leaving }: Pick<RouteChanges, 'leaving'>,
  gateway: Gateway,
  integrations: readonly Pick<ResolvedIntegration, 'name' | 'spec'>[],
  problems: Problems,
): void {
  const { routes } = gateway;
  const traits = clouds.gateway(gateway.kind);
  const keys = new Set(routes.map(({ key }) => key));
  const stay = routes.filter(({ id }) => !leaving.has(routeKeyOf(gateway, id)));
  for (const { name, spec } of integrations) {
    if (spec.owner === 'external') continue;
    for (const key of Object.keys(spec.routes)) {
      if (keys.has(key)) continue;
      for (const other of stay) {
        const clash = variableClash(traits, key, other.key);
        if (clash === undefined) continue;
        const message = `${clash.one} of route ${key} is beside ${clash.other} of route ${other.key} on ${gateway.id}`;
        const remedy = `Write ${clash.other}: ${traits.title} has one variable at each place of its paths.`;
        problems.add('ALREADY_EXISTS', `integrations.${name}.routes.${key}`, message, { remedy });
        break;
      }
    }
  }
}
