import type { CheckedFrom, NetworkChecks, Reached, ReachedOf } from '../operation/operation.js';
import { checkedPort } from '../load-balancing/target-group/health.js';
import { loadBalancersOf } from '../load-balancing/find.js';
import type { LoadBalancerRow, TargetGroupRow, TargetRow } from '../load-balancing/state.js';
import type { RegionState, AwsState } from '../state/aws-state.js';
import { decide, type Choose } from '../../simulation/open-questions.js';
import type { Place } from './connection.js';
import { groupsStop, nodesBehind } from './endpoint.js';
import { goLeg } from './leg.js';
import { addressesOf, inFamily } from './load-balancer.js';
import { nodesOf } from './one-call.js';
import { isServed } from './target-group.js';
import { wayTo } from './routes.js';

/** What is known of the checks of one target by one node. */
interface Known {
  readonly version: number;
  readonly reached: Reached;
}

/** A node of a load balancer, which checks targets. */
interface Checker {
  readonly balancer: LoadBalancerRow;
  readonly node: Place;
}

/**
 * Follows the network for health checks: each node of a load balancer checks targets from its own address. A way is evaluated when it is
 * asked for, once after each change of the network; it counts as changed since the last of those. Histories are not saved: in a loaded
 * world targets are as their checks would find them after a while.
 */
export class HealthChecks implements NetworkChecks {
  #version = 0;
  #changedAt = -Infinity;
  #known = new WeakMap<TargetRow, Map<string, Known>>();

  /** The network of the account may have changed. */
  changed(now: number): void {
    this.#version += 1;
    this.#changedAt = now;
  }

  /** Another account. */
  reset(): void {
    this.#version += 1;
    this.#changedAt = -Infinity;
    this.#known = new WeakMap();
  }

  from({ aws, region, interfaceId }: CheckedFrom): ReachedOf {
    const ofGroups = new Map<string, readonly Checker[]>();
    return (group, target) => {
      // A gateway load balancer's packets are wrapped, and functions are not called over the network.
      if (group.fields.TargetType === 'lambda' || group.fields.Protocol === 'GENEVE') return [];

      const checkers = ofGroups.get(group.fields.TargetGroupArn) ?? checkersOf(region, group, interfaceId);
      ofGroups.set(group.fields.TargetGroupArn, checkers);
      return checkers
        .filter(({ node, balancer }) => isServed(region, balancer, group, target, node.eni.zoneName))
        .map(({ node, balancer }) => this.#reached(aws, node, balancer, group, target));
    };
  }

  #reached(aws: AwsState, node: Place, balancer: LoadBalancerRow, group: TargetGroupRow, target: TargetRow): Reached {
    const ofTarget = this.#known.get(target) ?? new Map<string, Known>();
    this.#known.set(target, ofTarget);
    const known = ofTarget.get(node.eni.id);
    if (known?.version === this.#version) return known.reached;

    const isOpen = isReached(aws, node, balancer, group, target);
    const reached = after(known?.reached, isOpen, this.#changedAt);
    ofTarget.set(node.eni.id, { version: this.#version, reached });
    return reached;
  }
}

function checkersOf(region: RegionState, group: TargetGroupRow, interfaceId: string | undefined): readonly Checker[] {
  return loadBalancersOf(region, group.fields.TargetGroupArn)
    .flatMap((balancer) => nodesOf({ region }, balancer).map((node) => ({ balancer, node })))
    .filter(({ node }) => interfaceId === undefined || node.eni.id === interfaceId);
}

function after(known: Reached | undefined, isOpen: boolean, since: number): Reached {
  if (known === undefined) return { isOpen, since: -Infinity };
  if (known.isOpen === isOpen) return known;

  const { before: _older, ...before } = known;
  return { isOpen, since, before };
}

/**
 * Whether checks of a node get to a target, and its answers back: one of the addresses of a load balancer is enough. Where that is not
 * documented, they do. Behind an endpoint the service has to take them. What else is at the other end is not asked here.
 */
function isReached(
  aws: AwsState,
  node: Place,
  balancer: LoadBalancerRow,
  group: TargetGroupRow,
  target: TargetRow,
): boolean {
  const port = checkedPort(group, target);
  const addresses = addressesOf(node, balancer, group, target);
  if (addresses.length === 0) return true;

  const { connects, undecided } = decide((choose) => ({
    connects: addresses.some((address) => goes(aws, choose, inFamily(node, address), address, port)),
    undecided: undefined as string | undefined,
  }));
  return connects || undecided !== undefined;
}

function goes(aws: AwsState, choose: Choose, from: Place, address: string, port: number): boolean {
  const here = { aws, region: from.region, now: 0, choose };
  const way = wayTo(here, from, address);
  if ('by' in way) return way.by === 'target';

  const { stop, late } = goLeg(here, from, way, port);
  if (stop !== undefined || late !== undefined) return false;

  const { end } = way;
  if (end.kind === 'outside' || end.balancer) return true;

  const nodes = nodesBehind(here, end.place);
  return !('by' in nodes) && nodes.every(({ place, balancer }) => !groupsStop(from, place, balancer, port));
}
