import { entryOf } from '../../ground/json.js';
import type { Snapshot, RegionSnapshot } from '../../do/snapshot/snapshot.js';
import type { Instance } from '../declared/values.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { ImportTypes, Facts } from '../rows/plans-of-cloud.js';
import { toAllowlist } from '../../do/allowlist/group-allowlist.js';

/**
 * A plan with the APIs that its routes name by an ID and that neither the plan nor the snapshot has: another
 * configuration manages them. The ID stands for the name.
 */
export function withApis(plan: ToolPlan, base: Snapshot | undefined, apis: ImportTypes['apis']): ToolPlan {
  const ids = (list: readonly Instance[]): readonly unknown[] =>
    list.map(({ before, after }) => after?.['id'] ?? before?.['id']);
  const known = new Set<unknown>(
    ids(plan.instances.filter(({ type }) => Object.values(apis).some((one) => one.type === type))),
  );
  for (const { gateways } of base?.regions ?? []) for (const { id } of gateways) known.add(id);
  const added = new Map<string, Instance>();
  const regions = new Map<string, string | undefined>();
  for (const instance of plan.instances) {
    const values = instance.after ?? instance.before;
    const api = entryOf(apis, instance.type);
    const id = values?.[api?.of ?? ''];
    if (api === undefined || values === undefined || typeof id !== 'string' || known.has(id)) continue;
    // `$default` alone does not tell which kind of API it is.
    if (added.has(id) && values['route_key'] === '$default') continue;

    const imported = { id, name: id, ...api.more(values) };
    added.set(id, {
      address: `API ${id}`,
      mode: 'managed',
      type: api.type,
      actions: ['no-op'],
      deposed: false,
      before: imported,
      after: imported,
      unknown: false,
      sensitive: false,
    });
    regions.set(`API ${id}`, plan.regionOf(instance));
  }
  return {
    ...plan,
    instances: [...plan.instances, ...added.values()],
    regionOf: (instance) => regions.get(instance.address) ?? plan.regionOf(instance),
  };
}

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
