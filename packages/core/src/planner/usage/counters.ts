import { BUILT_IN } from '../../do/kinds/built-in/built-in.js';
import { resourcesOf } from '../../do/kinds/gateway/resource-tree.js';
import { OPTIONS } from '../../do/kinds/options/option-table.js';
import type { Quota } from '../../do/kinds/quota.js';
import { QUOTAS, type QuotaName } from '../../do/kinds/quotas/index.js';
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

/** How much of each quota is in use. `all`: every gateway of the region was read. */
export function countsIn(region: RegionSnapshot, all: boolean): readonly Count[] {
  return [
    ...linkCounts(region),
    ...region.links.flatMap((link) => countsOfLink(link)),
    ...gatewayCounts(region, all),
    ...region.gateways.flatMap((gateway) => countsOfGateway(gateway, region)),
    ...balancerCounts(region),
  ];
}

/** How much of a quota of the account is in use in a region; undefined where that was not read. */
export function usedInRegion(quota: QuotaName, region: RegionSnapshot, all: boolean): number | undefined {
  const counts = [...linkCounts(region), ...gatewayCounts(region, all), ...balancerCounts(region)];
  const count = counts.find((one) => one.quota.name === quota && one.subject === undefined);
  return count === undefined ? 0 : count.used;
}

function linkCounts(region: RegionSnapshot): readonly Count[] {
  const missing = missingList(region, 'links');
  return BUILT_IN.linkKinds.flatMap((kind) => {
    const { quota, createdOn } = BUILT_IN.link(kind);
    if (quota === undefined || createdOn !== region.provider) return [];
    const used = region.links.filter((link) => link.kind === kind).length;
    return [counted(quota, used, missing)];
  });
}

function countsOfLink(link: Link): readonly Count[] {
  const { quotas = {}, callsFrom } = BUILT_IN.link(link.kind);
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

function gatewayCounts(region: RegionSnapshot, all: boolean): readonly Count[] {
  const quotas = new Set(
    OPTIONS.flatMap(({ provider, apis }) => (provider === region.provider && apis !== undefined ? [apis] : [])),
  );
  const missing =
    missingList(region, 'gateways', false) ?? (all ? undefined : 'the snapshot has the gateways of a spec only');
  return [...quotas].map((quota) => {
    const used = region.gateways.filter((gateway) => apisQuota(gateway) === quota && gateway.endpoint !== 'private');
    return counted(QUOTAS[quota], used.length, missing);
  });
}

function apisQuota({ kind }: Gateway): QuotaName | undefined {
  return OPTIONS.find(({ gateway }) => gateway === kind)?.apis;
}

function countsOfGateway(gateway: Gateway, region: RegionSnapshot): readonly Count[] {
  const { quotas = {} } = BUILT_IN.gateway(gateway.kind);
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
  const own = (['routes', 'integrations', 'resources', 'stages'] as const).flatMap((of) => {
    const quota = quotas[of];
    return quota === undefined ? [] : [{ ...counted(quota, used[of], missing), subject }];
  });
  const domains = gateway.settings?.domains.filter(({ kind }) => kind === 'custom').length;
  const { domains: ofDomains } = BUILT_IN.gateway(gateway.kind);
  const option = OPTIONS.find((one) => one.gateway === gateway.kind);
  const perGroup = option?.perApi.filter(({ quota }) => !own.some((one) => one.quota.name === quota)) ?? [];
  return [
    ...own,
    ...perGroup.map(({ quota }) => ({ ...counted(QUOTAS[quota], keys.length, missing), subject })),
    ...(domains === undefined || ofDomains === undefined
      ? []
      : [{ ...counted(QUOTAS[ofDomains], domains, missing), subject }]),
  ];
}

const BALANCERS = [
  ['application-load-balancers', 'application'],
  ['network-load-balancers', 'network'],
] as const;

function balancerCounts(region: RegionSnapshot): readonly Count[] {
  if (!Object.hasOwn(BALANCER_CLOUDS, region.provider)) return [];
  const missing = missingList(region, 'loadBalancers');
  const unlisted = missingList(region, 'listeners');
  const ungrouped = missingList(region, 'targetGroups');
  const totals = BALANCERS.map(([quota, kind]) =>
    counted(QUOTAS[quota], region.loadBalancers.filter((one) => one.kind === kind).length, missing),
  );
  const each = region.loadBalancers.flatMap(({ id, name, kind }): Count[] => {
    const subject = { kind: 'load balancer', id, name };
    const listeners = region.listeners.filter((one) => one.loadBalancerId === id);
    if (kind === 'network')
      return [{ ...counted(QUOTAS['listeners-per-network-load-balancer'], listeners.length, unlisted), subject }];
    if (kind !== 'application') return [];
    const known = listeners.every(({ rules }) => rules !== undefined);
    const rules = listeners.reduce((sum, one) => sum + (one.rules?.length ?? 0), 0);
    const unread = known ? unlisted : 'the rules of its listeners were not read';
    const groups = region.targetGroups?.filter(({ loadBalancerIds }) => loadBalancerIds.includes(id));
    const targets = groups?.every((one) => one.targets !== undefined)
      ? groups.reduce((sum, one) => sum + (one.targets?.length ?? 0), 0)
      : undefined;
    return [
      { ...counted(QUOTAS['rules-per-application-load-balancer'], rules, unread), subject },
      { ...counted(QUOTAS['target-groups-per-application-load-balancer'], groups?.length, ungrouped), subject },
      { ...counted(QUOTAS['targets-per-application-load-balancer'], targets, ungrouped), subject },
    ];
  });
  return [...totals, ...each];
}

/** Clouds whose load balancers have these quotas. */
const BALANCER_CLOUDS: Readonly<Record<string, true>> = { aws: true };

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
