import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import { resourcesOf } from '../../do/kinds/gateway/gateway-spec.js';
import type { Quota } from '../../do/kinds/quota.js';
import type { Gateway } from '../../do/model/gateway.js';
import type { Link } from '../../do/model/link.js';
import type { RegionSnapshot, SnapshotList } from '../../do/snapshot/snapshot.js';

/** How much of a quota one thing uses: an account in a region, a gateway, a link, a load balancer. */
export interface Count {
  readonly quota: Quota;
  /** Undefined: the account, in its region. */
  readonly subject?: { readonly kind: string; readonly id: string; readonly name: string } | undefined;
  /** Undefined: not read, for the reason in `missing`. */
  readonly used: number | undefined;
  readonly missing?: string | undefined;
}

/** With which clouds a region is counted. `all`: every gateway of it was read. */
interface Counting {
  readonly clouds: Clouds;
  readonly all: boolean;
}

/** How much of each quota is in use. */
export function countsIn(region: RegionSnapshot, counting: Counting): readonly Count[] {
  const { clouds } = counting;
  return [
    ...linkCounts(region, clouds),
    ...region.links.flatMap((link) => countsOfLink(link, clouds)),
    ...gatewayCounts(region, counting),
    ...region.gateways.flatMap((gateway) => countsOfGateway(gateway, region, clouds)),
    ...balancerCounts(region, clouds),
  ];
}

/** How much of a quota of the account is in use in a region; undefined where that was not read. */
export function usedInRegion(quota: string, region: RegionSnapshot, counting: Counting): number | undefined {
  const { clouds } = counting;
  const counts = [...linkCounts(region, clouds), ...gatewayCounts(region, counting), ...balancerCounts(region, clouds)];
  const count = counts.find((one) => one.quota.name === quota && one.subject === undefined);
  return count === undefined ? 0 : count.used;
}

function linkCounts(region: RegionSnapshot, clouds: Clouds): readonly Count[] {
  const missing = missingList(region, 'links');
  return clouds.linkKinds.flatMap((kind) => {
    const { quota, createdOn } = clouds.link(kind);
    if (quota === undefined || createdOn !== region.provider) return [];

    const used = region.links.filter((link) => link.kind === kind).length;
    return [counted(quota, used, missing)];
  });
}

function countsOfLink(link: Link, clouds: Clouds): readonly Count[] {
  if (!clouds.hasLink(link.kind)) return [];

  const { quotas = {}, callsFrom } = clouds.link(link.kind);
  const subject = { kind: 'link', id: link.id, name: link.name };
  const used = {
    subnets: link.subnetIds.length,
    groups: link.securityGroupIds.length,
    tags: Object.keys(link.tags).length,
  };
  return (['subnets', 'groups', 'tags'] as const).flatMap((of) => {
    const quota = quotas[of];
    if (quota === undefined || (of !== 'tags' && callsFrom !== 'subnets')) return [];

    return [{ quota, subject, used: used[of] }];
  });
}

function gatewayCounts(region: RegionSnapshot, { clouds, all }: Counting): readonly Count[] {
  const kinds = Object.entries(clouds.named(region.provider)?.gateways ?? {});
  const quotas = new Set(kinds.flatMap(([, { quota }]) => quota ?? []));
  const missing =
    missingList(region, 'gateways', false) ?? (all ? undefined : 'the snapshot has the gateways of a spec only');
  return [...quotas].map((quota) => {
    const of = new Set(kinds.flatMap(([kind, traits]) => (traits.quota === quota ? [kind] : [])));
    const used = region.gateways.filter(({ kind, endpoint }) => of.has(kind) && endpoint !== 'private');
    return counted(quota, used.length, missing);
  });
}

function countsOfGateway(gateway: Gateway, region: RegionSnapshot, clouds: Clouds): readonly Count[] {
  if (!clouds.hasGateway(gateway.kind)) return [];

  const { quotas = {}, counted: more = {} } = clouds.gateway(gateway.kind);
  const subject = { kind: 'gateway', id: gateway.id, name: gateway.name };
  const gap = region.gaps.find(({ of, id }) => of === 'gateways' && id === gateway.id);
  const missing = gap === undefined ? undefined : gapText(gap);
  const keys = gateway.routes.map(({ key }) => key);
  const used = {
    routes: keys.length,
    integrations: gateway.integrations?.length,
    resources: resourcesOf(keys),
    stages: gateway.stages.length,
  };
  const domains = gateway.settings?.domains.filter(({ kind }) => kind === 'custom').length;
  const count = (quota: Quota | undefined, number: number | undefined): readonly Count[] =>
    quota === undefined ? [] : [{ ...counted(quota, number, missing), subject }];
  return [
    ...(['routes', 'integrations', 'resources', 'stages'] as const).flatMap((of) => count(quotas[of], used[of])),
    ...count(more.routes, keys.length),
    ...(domains === undefined ? [] : count(more.domains, domains)),
  ];
}

function balancerCounts(region: RegionSnapshot, clouds: Clouds): readonly Count[] {
  const kinds = clouds.named(region.provider)?.balancers ?? {};
  const missing = missingList(region, 'loadBalancers');
  const unlisted = missingList(region, 'listeners');
  const ungrouped = missingList(region, 'targetGroups');
  const totals = Object.entries(kinds).flatMap(([kind, { balancers: quota }]) =>
    quota === undefined
      ? []
      : [counted(quota, region.loadBalancers.filter((one) => one.kind === kind).length, missing)],
  );
  const each = region.loadBalancers.flatMap(({ id, name, kind }): readonly Count[] => {
    const quotas = kinds[kind] ?? {};
    const subject = { kind: 'load balancer', id, name };
    const listeners = region.listeners.filter((one) => one.loadBalancerId === id);
    const known = listeners.every(({ rules }) => rules !== undefined);
    const rules = listeners.reduce((sum, one) => sum + (one.rules?.length ?? 0), 0);
    const unread = known ? unlisted : 'the rules of its listeners were not read';
    const groups = region.targetGroups?.filter(({ loadBalancerIds }) => loadBalancerIds.includes(id));
    const targets = groups?.every((one) => one.targets !== undefined)
      ? groups.reduce((sum, one) => sum + (one.targets?.length ?? 0), 0)
      : undefined;
    const count = (quota: Quota | undefined, used: number | undefined, gap: string | undefined): readonly Count[] =>
      quota === undefined ? [] : [{ ...counted(quota, used, gap), subject }];
    return [
      ...count(quotas.listeners, listeners.length, unlisted),
      ...count(quotas.rules, rules, unread),
      ...count(quotas.targetGroups, groups?.length, ungrouped),
      ...count(quotas.targets, targets, ungrouped),
    ];
  });
  return [...totals, ...each];
}

function counted(quota: Quota, used: number | undefined, missing: string | undefined): Count {
  if (missing !== undefined) return { quota, used: undefined, missing };

  return used === undefined ? { quota, used, missing: 'not read' } : { quota, used };
}

/** Why a list may lack something; undefined where it is complete. */
function missingList(region: RegionSnapshot, list: SnapshotList, mustBeWhole = true): string | undefined {
  if (region.unread !== undefined) return region.unread.message;

  const gap = region.gaps.find(({ of, id }) => id === undefined && (of === undefined || of === list));
  if (gap !== undefined) return gapText(gap);
  if (!mustBeWhole || region.whole?.includes(list) === true) return undefined;

  return 'the snapshot has what a spec names only';
}

function gapText({ what, permission, code }: RegionSnapshot['gaps'][number]): string {
  return permission === undefined ? `${what}: ${code}` : `${what}: ${permission} is missing`;
}
