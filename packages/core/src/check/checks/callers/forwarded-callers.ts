import { madeOnce } from '../../../do/world/derived.js';
import { formatPrefix } from '../../../cidr/prefix.js';
import type { GroupTarget, Listener, LoadBalancer, TargetGroup } from '../../../do/model/load-balancer.js';
import type { CheckInput, LinkView, RegionIndex } from '../../../do/world/views.js';
import { groupsBehind, listenersOf } from '../../path/balancers/backend.js';
import { readBlocks } from '../../path/model/group-set.js';
import type { Client } from './caller-names.js';
import { allCalled } from './live-targets.js';
import { farInterface } from '../../path/sources/far-interface.js';
import { interfaceAt } from '../../path/sources/interface-end.js';
import { sourceOf } from '../../path/sources/link-source.js';

/** Receives a caller of what a security group filters. There are as many as targets have instances. */
type Receive = (region: RegionIndex, groupId: string, client: Client, port: number) => void;

/**
 * The callers of the targets of all load balancers that are declared or that live routes call. Their nodes call them, for health checks and for the
 * calls that they forward. A load balancer that preserves the client's address forwards the calls of the
 * link. If it is behind another load balancer (an ALB behind an NLB), its own targets count as well. Every
 * group allows the nodes of a CLB instance.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export function forwardedCallers(input: CheckInput, receive: Receive): void {
  const called = new Map<LoadBalancer, Set<TargetGroup>>();
  const clients = new Map<LinkView, Client>();
  for (const { integration, backend } of allCalled(input)) {
    if (backend.kind !== 'balancer' || backend.balancer.is !== 'found') continue;

    const { region } = integration.link;
    const listener = backend.listener;
    if (listener.is !== 'found') continue;

    let client = clients.get(integration.link);
    if (client === undefined) {
      const { groupIds, prefixes, blocks } = sourceOf(integration.link);
      client = { groupIds, prefixes, names: blocks.map(({ text }) => text) };
      clients.set(integration.link, client);
    }
    behind({ input, region, receive, called, seen: [] }, backend.balancer.value, listener.value, client);
  }
}

interface Where {
  readonly input: CheckInput;
  readonly region: RegionIndex;
  readonly receive: Receive;
  /** The target groups whose targets only the nodes of a load balancer call: the same for all of its listeners. */
  readonly called: Map<LoadBalancer, Set<TargetGroup>>;
  /** Listeners that were followed: load balancers may forward to each other. */
  readonly seen: string[];
}

function behind(where: Where, balancer: LoadBalancer, listener: Listener, client: Client): void {
  const { region, seen, called, receive } = where;
  if (seen.includes(listener.id)) return;

  seen.push(listener.id);
  const own = nodesOf(region, balancer);
  const { groups } = groupsBehind(region, listener);
  for (const { found } of groups) {
    if (found.is !== 'found') continue;

    const group = found.value;
    const isKept =
      balancer.kind !== 'application' && (group.preservesClientAddress === true || group.kind === 'load-balancer');
    if (!isKept && group.kind !== 'load-balancer') {
      const known = called.get(balancer) ?? new Set();
      if (known.has(group)) continue;

      called.set(balancer, known.add(group));
    }
    for (const one of group.targets ?? []) {
      const port = one.port ?? group.port;
      const calls = isKept ? [own, client] : [own];
      for (const place of placesOf(where, group, one)) {
        const callers = place.byBlocks ? calls.map(byBlocks) : calls;
        for (const groupId of place.groupIds) {
          if (port !== undefined) for (const caller of callers) receive(place.region, groupId, caller, port);
          const checked = group.healthCheck?.port;
          if (checked !== undefined) receive(place.region, groupId, callers[0] ?? own, checked);
        }
      }
      if (group.kind === 'load-balancer') inner(where, one, port, isKept ? client : own);
    }
  }
}

/** On from a load balancer that is the target of another one. */
function inner(where: Where, { id }: GroupTarget, port: number | undefined, client: Client): void {
  const balancer = where.region.find('loadBalancers', id);
  const listener = listenersOf(where.region, id).find((one) => one.port === port);
  if (balancer.is === 'found' && listener !== undefined) behind(where, balancer.value, listener, client);
}

/** The nodes of a load balancer as callers; without groups and blocks for a CLB instance, whose nodes need no rule. */
function nodesOf(region: RegionIndex, balancer: LoadBalancer): Client {
  // A load balancer has many listeners.
  return madeOnce(region, 'nodes as callers', balancer, () => readNodes(region, balancer));
}

function readNodes(region: RegionIndex, { kind, subnetIds, securityGroupIds }: LoadBalancer): Client {
  if (kind === 'classic') return { groupIds: [], prefixes: [], names: [] };

  const blocks = subnetIds.flatMap((id) => {
    const subnet = region.find('subnets', id);
    return subnet.is === 'found' ? [subnet.value.cidrBlock] : [];
  });
  const [group] = securityGroupIds;
  return { groupIds: securityGroupIds, prefixes: readBlocks(blocks), names: group === undefined ? blocks : [group] };
}

/** A caller as rules have to name it where rules for its groups do not hold. */
function byBlocks(client: Client): Client {
  return { ...client, groupIds: [], names: client.prefixes.map(formatPrefix) };
}

interface Filtered {
  readonly region: RegionIndex;
  readonly groupIds: readonly string[];
  readonly byBlocks: boolean;
}

/** The groups that filter calls to a target, in any network. */
function placesOf(
  { input, region }: Where,
  { kind, networkId }: TargetGroup,
  { id }: GroupTarget,
): readonly Filtered[] {
  const here = (groupIds: readonly string[] = []): readonly Filtered[] => [{ region, groupIds, byBlocks: false }];
  if (kind === 'load-balancer') {
    const balancer = region.find('loadBalancers', id);
    return here(balancer.is === 'found' ? balancer.value.securityGroupIds : []);
  }
  if (kind === 'instance') {
    const machine = region.find('instances', id);
    if (machine.is === 'found') return here(machine.value.securityGroupIds);

    return here(region.group('interfaces', 'machine', (one) => [one.attachedTo]).get(id)?.[0]?.securityGroupIds);
  }
  if (kind !== 'address') return [];

  const own = interfaceAt(region, networkId, id);
  if (own !== undefined) return here(own.securityGroupIds);

  const far = networkId === undefined ? undefined : farInterface(input.regionOf, region, networkId, id);
  if (far === undefined) return [];

  return [{ region: far.region, groupIds: far.own.securityGroupIds, byBlocks: !far.keepsGroups }];
}
