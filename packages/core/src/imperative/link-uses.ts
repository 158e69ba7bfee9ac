import type { Gateway } from '../model/gateway.js';
import type { Owner } from '../model/owner.js';
import { requireComplete } from '../world/resolve/gaps.js';
import type { RegionSnapshot } from '../snapshot/snapshot.js';

/** One user of a link: a gateway's integration, with the routes that use it. */
export interface LinkUse {
  readonly gateway: Pick<Gateway, 'id' | 'name' | 'kind'>;
  /** The cloud's resource between route and target, where it has one. */
  readonly integrationId?: string | undefined;
  readonly targetId?: string | undefined;
  /** Empty where no route uses the integration: it still prevents the deletion of the link. */
  readonly routeKeys: readonly string[];
  readonly owner?: Owner | undefined;
}

/**
 * All users of a link, from a snapshot of all gateways.
 * @throws {CloudError} the code of a gap: what was not read may use the link, too.
 */
export function usesOfLink(region: RegionSnapshot, linkId: string): readonly LinkUse[] {
  requireComplete(region, 'gateways');
  return region.gateways.flatMap((gateway) => {
    const { id, name, kind } = gateway;
    const uses = new Map<string, LinkUse & { readonly routeKeys: string[] }>();
    for (const integration of gateway.integrations ?? []) {
      if (integration.linkId !== linkId) continue;
      const { targetId, owner } = integration;
      uses.set(integration.id, {
        gateway: { id, name, kind },
        integrationId: integration.id,
        ...(targetId === undefined ? {} : { targetId }),
        ...(owner === undefined ? {} : { owner }),
        routeKeys: [],
      });
    }
    for (const { key, linkId: leadsTo, targetId, owner, integrationId, id: routeId } of gateway.routes) {
      if (leadsTo !== linkId) continue;
      const use = uses.get(integrationId ?? `route ${routeId}`) ?? {
        gateway: { id, name, kind },
        ...(integrationId === undefined ? {} : { integrationId }),
        ...(targetId === undefined ? {} : { targetId }),
        ...(owner === undefined ? {} : { owner }),
        routeKeys: [],
      };
      use.routeKeys.push(key);
      uses.set(integrationId ?? `route ${routeId}`, use);
    }
    return [...uses.values()];
  });
}
