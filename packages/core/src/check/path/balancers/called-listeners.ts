import type { GroupTarget, Listener, LoadBalancer, TargetGroup } from '../../../do/model/load-balancer.js';
import type { RegionIndex } from '../../../do/world/views.js';
import { farInterface } from '../sources/far-interface.js';
import { interfaceAt } from '../sources/interface-end.js';
import { groupsBehind, listenerOn } from './backend.js';
import { balancerAt } from '../sources/balancer-ends.js';
import type { Arriving, BalancedTarget, Forwarder, CalledListener } from './balancers.js';
import { answersTo, rulesOf } from '../listener-rules/answers.js';
import { callersOf, ANY_CALL } from '../listener-rules/calls.js';
import { mayGetCalls, isHealthy, nameOfGroup } from './group-health.js';
import { carriesHttp, ENDS_TLS, PASSES_TLS_ON } from './listener-protocol.js';

/** Load balancers may forward to each other. */
const MOST_NESTED = 3;

/**
 * The listeners that the calls of a target come to, in order: its own; where that is a network load balancer's, those of load balancers
 * that it forwards to, by their ARN or by an address. At each, whether TLS arrives there. Empty where its own listener was not found.
 * A load balancer that was not read is not in it: the listener before it has `unread`.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
 */
export function calledListeners(one: BalancedTarget): readonly CalledListener[] {
  return (one.called ??= found(one));
}

function found(one: BalancedTarget): readonly CalledListener[] {
  const { listener } = one.backend;
  if (listener.is !== 'found') return [];

  return listenersFrom(one, listener.value, one.target.spec.tls === undefined ? 'plain' : 'tls of the gateway', 0);
}

function listenersFrom(
  at: BalancedTarget,
  listener: Listener,
  arriving: Arriving,
  depth: number,
  by?: Forwarder,
): readonly CalledListener[] {
  const { balancer } = at;
  // An application load balancer answers calls itself: what it sends on are calls of its own.
  if (balancer.kind !== 'network' || depth === MOST_NESTED) {
    return [
      { at, listener, arriving, by, leadsOut: balancer.kind === 'network' || PASSES_TLS_ON.has(listener.protocol) },
    ];
  }

  const behind: CalledListener[] = [];
  const { region } = at.integration.link;
  const rules = rulesOf(region, balancer, listener);
  const isRead = 'length' in rules;
  const answers = answersTo(
    listener,
    isRead ? rules : [],
    ANY_CALL,
    at.isBehind ? undefined : callersOf(at.integration.link),
  );
  const { groups, missing } = groupsBehind(region, listener, answers);
  let leadsOut = missing !== undefined || listener.actions === undefined || !isRead;
  let unread = missing ?? (isRead ? undefined : rules);
  for (const { id, found: group } of groups) {
    if (group.is !== 'found' || group.value.targets === undefined) {
      leadsOut = true;
      unread ??= group.is === 'unknown' ? group.missing : region.missing('targetGroups', id);
      continue;
    }

    const name = group.value.name ?? nameOfGroup(id);
    const forwarder: Forwarder = {
      name: balancer.name || balancer.id,
      protocol: listener.protocol,
      port: listener.port,
      group: name,
    };
    for (const target of calledOf(group.value.targets)) {
      const next = balancerOf(at, group.value, target);
      if (next === undefined) {
        leadsOut = true;
        if (group.value.kind === 'load-balancer') unread ??= region.missing('loadBalancers', target.id);
      } else if (next.listener !== undefined) {
        const sent = sentTo(group.value, listener, arriving);
        behind.push(...listenersFrom(next.at, next.listener, sent, depth + 1, forwarder));
      } else unread ??= region.missing('listeners');
    }
  }
  return [{ at, listener, arriving, by, leadsOut, unread }, ...behind];
}

/** The targets of a group that get calls: the healthy ones; where none is, all that could. */
function calledOf(targets: readonly GroupTarget[]): readonly GroupTarget[] {
  const healthy = targets.filter(isHealthy);
  return healthy.length > 0 ? healthy : targets.filter(mayGetCalls);
}

/**
 * A listener for TCP passes on what it receives; one for TLS sends plain TCP or TLS of its own, by its target group.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html#target-group-routing-configuration
 */
function sentTo({ protocol }: TargetGroup, listener: Listener, arriving: Arriving): Arriving {
  if (PASSES_TLS_ON.has(listener.protocol)) return arriving;
  if (protocol === undefined || [protocol, listener.protocol].some((one) => carriesHttp(one) === 'unknown'))
    return 'unknown';

  return ENDS_TLS.has(protocol) ? 'tls of a load balancer' : 'plain';
}

/**
 * The load balancer that a target is, with its listener on the called port, where it has one; undefined where the target is none, or is
 * not in the snapshot.
 */
function balancerOf(
  at: BalancedTarget,
  group: TargetGroup,
  target: GroupTarget,
): { readonly at: BalancedTarget; readonly listener: Listener | undefined } | undefined {
  const { region } = at.integration.link;
  const balancer =
    group.kind === 'load-balancer' ? byId(region, target.id) : byAddress(region, at.balancer, group, target);
  const port = target.port ?? group.port;
  if (balancer === undefined || port === undefined) return undefined;

  const listener = listenerOn(region, balancer.id, port);
  const { integration, target: view, about } = at;
  const backend = {
    kind: 'balancer',
    id: balancer.id,
    balancer: { is: 'found', value: balancer },
    port,
    listener,
  } as const;
  return {
    at: { integration, target: view, about, backend, balancer, isBehind: true },
    listener: listener.is === 'found' ? listener.value : undefined,
  };
}

function byId(region: RegionIndex, id: string): LoadBalancer | undefined {
  const balancer = region.find('loadBalancers', id);
  return balancer.is === 'found' ? balancer.value : undefined;
}

/** Of the load balancer's network, or of one that is joined to it in the same account and region. */
function byAddress(
  region: RegionIndex,
  { networkId: own }: LoadBalancer,
  { kind, networkId = own }: TargetGroup,
  { id: address }: GroupTarget,
): LoadBalancer | undefined {
  if (kind !== 'address' || networkId === undefined) return undefined;

  const owner =
    interfaceAt(region, networkId, address) ?? farInterface(() => undefined, region, networkId, address)?.own;
  return owner?.attachedTo === undefined ? balancerAt(region, networkId, address) : byId(region, owner.attachedTo);
}
