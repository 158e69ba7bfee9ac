import { toAllowlist } from '../../do/allowlist/group-allowlist.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import type { Instance } from '../declared/instance.js';
import type { Facts, ImportTypes } from '../rows/plans-of-cloud.js';

/** Regions with the owners and the settings that resources of a plan or state name after the apply. */
export function markedRegions(
  regions: readonly RegionSnapshot[],
  instances: readonly Instance[],
  types: ImportTypes['facts'],
): readonly RegionSnapshot[] {
  const facts: Facts = { links: new Map(), groups: new Map(), routes: new Map() };
  for (const { type, mode, after, deposed } of instances)
    if (mode === 'managed' && after !== undefined && !deposed && Object.hasOwn(types, type))
      types[type]?.(after, facts);
  return regions.map((region) => {
    const links = region.links.map((one) =>
      facts.links.has(one.id) ? { ...one, owner: facts.links.get(one.id) } : one,
    );
    const securityGroups = region.securityGroups.map((one) => {
      const owner = facts.groups.get(one.id);
      return owner === undefined ? one : { ...one, owner };
    });
    const gateways = region.gateways.map((gateway) => {
      const routes = gateway.routes.map((route) =>
        [route.integrationId ?? '', route.id === route.integrationId ? '' : route.id]
          .flatMap((id) => facts.routes.get(`${gateway.id} ${id}`) ?? [])
          .reduce((one, fact) => fact(one, gateway.kind), route),
      );
      return { ...gateway, routes };
    });
    const listed = new Set(region.allowlists.map(({ linkId }) => linkId));
    const allowlists = links.flatMap(({ id, owner, securityGroupIds }) => {
      const groups = securityGroups.filter((one) => securityGroupIds.includes(one.id));
      const isKnown = securityGroupIds.length > 0 && groups.length === securityGroupIds.length;
      return listed.has(id) || !isKnown ? [] : toAllowlist(id, owner, groups);
    });
    return { ...region, links, securityGroups, gateways, allowlists: [...region.allowlists, ...allowlists] };
  });
}
