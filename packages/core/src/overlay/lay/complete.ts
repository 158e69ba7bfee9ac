import type { Egress, Link } from '../../do/model/link.js';
import type { Target } from '../../do/model/target.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import type { ToolWords } from '../declared/tool-plan.js';
import type { DraftRegion } from '../draft/draft-region.js';
import type { ForeignResource } from '../rows/foreign-resources.js';
import type { PlansOfCloud } from '../rows/plans-of-cloud.js';
import { layMembers } from './members.js';

/** A region with what follows from what was laid: local routes, networks of links, targets, and where calls come from. */
export function completed(
  draft: DraftRegion,
  foreignResources: readonly ForeignResource[],
  words: ToolWords,
  { complete }: Pick<PlansOfCloud, 'complete'>,
): RegionSnapshot {
  layMembers(draft, foreignResources, words);
  localRoutes(draft);
  targetsOfGroups(draft);
  for (const link of draft.all('links')) if (draft.isCompleted('links', link.id)) placeLink(draft, link);
  for (const [id, name] of draft.routes.onlyStages)
    draft.patch('gateways', id, ({ stages }) => ({ stages: stages.filter((one) => one.name === name) }));
  complete?.(draft);
  targets(draft);
  return draft.region({ egress: egress(draft) });
}

/** Every table has a local route for each block of its network. Where the blocks are not known, neither are the routes. */
function localRoutes(draft: DraftRegion): void {
  for (const { id, networkId, routes = [] } of draft.all('routeTables')) {
    if (!draft.isCompleted('networks', networkId) && !draft.isCompleted('routeTables', id)) continue;

    const network = draft.get('networks', networkId);
    if (network === undefined) {
      draft.patch('routeTables', id, () => ({ routes: undefined }));
      continue;
    }

    const others = routes.filter(({ origin }) => origin !== 'local');
    const ipv6 = routes.filter(({ origin, cidrBlock }) => origin === 'local' && cidrBlock?.includes(':') === true);
    const local = network.cidrBlocks.map(
      (cidrBlock) => ({ cidrBlock, nextHop: { kind: 'local' }, state: 'active', origin: 'local' }) as const,
    );
    draft.patch('routeTables', id, () => ({ routes: [...local, ...ipv6, ...others] }));
  }
}

function placeLink(draft: DraftRegion, { id, subnetIds, loadBalancerIds = [] }: Link): void {
  const network =
    subnetIds.map((one) => draft.get('subnets', one)?.networkId).find((one) => one !== undefined) ??
    loadBalancerIds.map((one) => draft.get('loadBalancers', one)?.networkId).find((one) => one !== undefined);
  draft.patch('links', id, () => ({ networkId: network }));
}

/** A target group knows the load balancers that use it. */
function targetsOfGroups(draft: DraftRegion): void {
  const users = new Map<string, Set<string>>();
  for (const { loadBalancerId, actions = [], rules = [] } of draft.all('listeners'))
    for (const { targetGroupIds = [] } of [...actions, ...rules.flatMap((rule) => rule.actions)])
      for (const id of targetGroupIds) users.set(id, (users.get(id) ?? new Set()).add(loadBalancerId));
  for (const group of draft.all('targetGroups')) {
    const ids = users.get(group.id);
    const before = new Set(group.loadBalancerIds);
    if (ids === undefined || (ids.size === before.size && [...ids].every((id) => before.has(id)))) continue;

    draft.patch('targetGroups', group.id, () => ({ loadBalancerIds: [...ids] }));
  }
}

/** Listeners and services that routes lead to, as targets. */
function targets(draft: DraftRegion): void {
  const wanted = new Set(
    draft.all('gateways').flatMap(({ routes }) => routes.flatMap(({ targetId }) => targetId ?? [])),
  );
  for (const id of new Set([...wanted, ...draft.all('targets').map((one) => one.id)])) {
    const [bare = id] = id.split('?');
    const listener = draft.get('listeners', bare);
    const known = draft.get('targets', id);
    if (listener === undefined) {
      const service = draft.get('services', bare);
      if (known?.kind === 'listener' && draft.isChanged('listeners', id)) draft.remove('targets', id);
      const gap = draft.gaps.find((one) => one.of === 'listeners' && one.id === bare);
      if (gap !== undefined) draft.gap('targets', id, gap.what);
      if (service !== undefined && known === undefined)
        draft.put('targets', { kind: 'service', id, name: service.name, resourceType: 'cloud-map' } as Target);
      continue;
    }

    const { loadBalancerId, port, protocol } = listener;
    const isSame = !draft.isCompleted('listeners', bare) && !draft.isCompleted('loadBalancers', loadBalancerId);
    if (known !== undefined && isSame) continue;

    const balancer = draft.get('loadBalancers', loadBalancerId);
    draft.put('targets', {
      kind: 'listener',
      id,
      name: balancer?.name,
      networkId: balancer?.networkId,
      resourceId: loadBalancerId,
      resourceType: balancer?.kind,
      port,
      protocol,
      subnetIds: balancer?.subnetIds,
      securityGroupIds: balancer?.securityGroupIds,
    } as Target);
  }
}

/** Where calls of links come from: of those that were not changed as the snapshot shows it. */
function egress(draft: DraftRegion): readonly Egress[] {
  const known = new Map(draft.base.egress.map((one) => [one.linkId, one] as const));
  return draft.all('links').flatMap((link) => {
    const before = known.get(link.id);
    if (!draft.isCompleted('links', link.id)) return before ?? [];

    const subnets = link.subnetIds.flatMap((id) => draft.get('subnets', id) ?? []);
    const balancers = (link.loadBalancerIds ?? []).flatMap((id) => draft.get('loadBalancers', id) ?? []);
    const balanced = balancers.flatMap(({ subnetIds }) => subnetIds.flatMap((id) => draft.get('subnets', id) ?? []));
    return {
      linkId: link.id,
      addresses: before?.addresses ?? [],
      prefixes: [...subnets, ...balanced].map(({ cidrBlock }) => cidrBlock),
      securityGroupIds:
        link.loadBalancerIds !== undefined ? balancers.flatMap((one) => one.securityGroupIds) : link.securityGroupIds,
      stability: 'momentary',
      seenBy: before?.seenBy ?? [],
    } as Egress;
  });
}
