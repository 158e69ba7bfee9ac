import { routeState } from '../ec2/route-table/route-table-view.js';
import { listenersOf, rulesOf } from '../load-balancing/find.js';
import type { LoadBalancerRow } from '../load-balancing/state.js';
import type { Decider, Explained, Finding, Place } from '../connects/connection.js';
import { goLeg, type Here } from '../connects/leg.js';
import { aclDenies, answersTo, networkAclOf } from '../connects/network-acls.js';
import { groupsIn, legStops, OVER_TCP } from '../connects/load-balancer.js';
import { outside, type Way } from '../connects/one-call.js';
import { chooseRoute, leavesVpc, routeTableOf } from '../connects/transit-gateway.js';
import { wayTo } from '../connects/routes.js';
import { mayEnter, mayLeave } from '../connects/security-groups.js';
import { isServed } from '../connects/target-group.js';
import { anyCovers } from '../connects/blocks.js';
import type { Ports } from '../../simulation/port-ranges.js';

/** A path and the way back, by the IDs of what they pass. */
export interface Found {
  readonly forward: readonly string[];
  readonly back: readonly string[];
  /** What stops it; nothing where it is a path. */
  readonly explained: readonly Explained[];
}

export function blocked(code: string, ...at: readonly string[]): Found {
  return blockedBy({ explained: { code, at } });
}

function blockedBy(...findings: readonly Pick<Finding, 'explained'>[]): Found {
  return {
    forward: [],
    back: [],
    explained: findings.map(({ explained = { code: 'NO_PATH', at: [] } }) => explained),
  };
}

function found(forward: readonly string[], back: readonly string[]): Found {
  return { forward, back, explained: [] };
}

export function isFound({ explained }: Found): boolean {
  return explained.length === 0;
}

/** What packets pass between an interface and the edge of its subnet. A group is named where no other one can have admitted them. */
function sideOf({ eni }: Place): readonly string[] {
  const holder = eni.attachment?.InstanceId;
  return [...(holder === undefined ? [] : [holder]), eni.id, ...(eni.groupIds.length === 1 ? eni.groupIds : [])];
}

/** The network ACL of a place. */
function aclAt({ region, subnet }: Place): readonly string[] {
  const acl = networkAclOf(region, subnet);
  return acl ? [acl.id] : [];
}

/** What packets pass from a place to another, or out of the simulated world. Nothing is between two interfaces of a subnet. */
function between(from: Place, hops: readonly string[], to: Place | undefined): readonly string[] {
  const isInside = to?.subnet.id === from.subnet.id;
  const edges = isInside ? [] : [...aclAt(from), ...hops, ...(to ? aclAt(to) : [])];
  return [...sideOf(from), ...edges, ...(to ? sideOf(to).toReversed() : [])];
}

/** What stops answers. */
const RETURN: ReadonlySet<Decider> = new Set(['network-acl-return', 'route-return']);

/** Addresses that internet gateways do not take, and how the explanation says so. */
const NOT_PUBLIC = [
  ['IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']],
  ['IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS', ['100.64.0.0/10']],
] as const;

export function isPublic(address: string): boolean {
  return NOT_PUBLIC.every(([, blocks]) => !anyCovers(blocks, address));
}

const hasPublicIp = ({ eni, address }: Place): boolean =>
  eni.publicIpAddress !== undefined && address === eni.privateIpAddress;

/**
 * A path by the routes to an address of the network. "With the TCP protocol, when a network path traverses a transit gateway route table,
 * only forward traffic is analyzed."
 */
export function toAddress(here: Here, from: Place, address: string, port: number): Found {
  const way = wayTo(here, from, address);
  if (!('by' in way)) return along(here, from, way, port);

  const out = mayLeave(from, outside(address, '', []), port);
  return blockedBy(...('by' in out ? [out] : []), way);
}

function along(here: Here, from: Place, way: Way, port: number): Found {
  const { stop, late } = goLeg(here, from, way, port);
  const isForwardOnly = way.via.includes('transit-gateway');
  const stopping = [stop, late].find((one) => one && !(isForwardOnly && RETURN.has(one.by)));
  if (stopping) return blockedBy(stopping);

  const to = way.end.kind === 'place' ? way.end.place : undefined;
  const back = to && !isForwardOnly ? wayBack(here, to, from) : [];
  return found(between(from, way.hops ?? [], to), back);
}

function wayBack(here: Here, to: Place, from: Place): readonly string[] {
  const back = wayTo(here, to, from.address);
  return 'by' in back ? [] : between(to, back.hops ?? [], from);
}

/** A path to an address that may be outside: through an internet gateway, also behind a NAT gateway. */
export function toAnywhere(here: Here, from: Place, address: string, port: number): Found {
  const { region, subnet } = from;
  const table = routeTableOf(region, subnet);
  const route = table && chooseRoute(region, table, address, here.choose);
  if (route?.targetKind === 'internet-gateway') return toGateway(here, from, route.targetId, address, port);

  const nat = region.ec2.natGateways.get(route?.targetId ?? '');
  const eni = region.ec2.interfaces.get(nat?.address.NetworkInterfaceId ?? '');
  const own = eni && region.ec2.subnets.get(eni.subnetId);
  if (!nat || !eni || !own || leavesVpc(region, subnet.vpcId, address, here.choose))
    return toAddress(here, from, address, port);

  const first = toGateway(here, from, nat.id, address, port);
  if (!isFound(first)) return first;

  const second = toAnywhere(here, { region, eni, subnet: own, address: eni.privateIpAddress }, address, port);
  return isFound(second) ? found([...first.forward, ...second.forward], []) : second;
}

/** A path to a gateway, by a route to an address that it is the next hop for. */
export function toGateway(here: Here, from: Place, gateway: string, address: string, port: number): Found {
  const { region, subnet, eni } = from;
  const table = routeTableOf(region, subnet);
  const route = table && chooseRoute(region, table, address, here.choose);
  if (!table || route?.targetId !== gateway) return noRoute(table?.id ?? subnet.id, subnet.vpcId, gateway);
  if (routeState(region.ec2, table, route) === 'blackhole') return blocked('BAD_STATE_ROUTE', table.id, gateway);

  if (route.targetKind === 'internet-gateway') {
    const refusal = NOT_PUBLIC.find(([, blocks]) => anyCovers(blocks, address));
    if (refusal) return blocked(refusal[0], gateway);
    if (!hasPublicIp(from)) return blocked('IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS', gateway, eni.id);
  }
  return along(here, from, { ...outside(address, gateway, []), hops: [table.id, gateway] }, port);
}

function noRoute(table: string, vpcId: string, destination: string): Found {
  return blockedBy({ explained: { code: 'NO_ROUTE_TO_DESTINATION', at: [table, vpcId], destination } });
}

/** A path from the internet to the public address of an interface. */
export function fromInternet(here: Here, gateway: string, to: Place, source: string, port: number): Found {
  const { region, subnet, eni, address } = to;
  const { vpcId } = region.ec2.internetGateways.get(gateway) ?? {};
  if (vpcId === undefined) return blocked('UNASSOCIATED_COMPONENT', gateway);
  if (vpcId !== subnet.vpcId) return blocked('DISCONNECTED_VPCS', vpcId, subnet.vpcId);
  if (!hasPublicIp(to)) return blocked('IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS', gateway, eni.id);

  const denied = aclDenies(region, subnet, 'in', { from: source, to: address, ports: [port, port] });
  if (denied) return blockedBy(denied);

  const into = mayEnter(to, outside(source, gateway, []), to, port, source);
  if ('by' in into) return blockedBy(into);

  const late = aclDenies(region, subnet, 'out', { from: address, to: source, ...answersTo(here.some) });
  if (late) return blockedBy(late);

  const table = routeTableOf(region, subnet);
  const route = table && chooseRoute(region, table, source, here.choose);
  if (!table || route?.targetId !== gateway) return noRoute(table?.id ?? subnet.id, subnet.vpcId, gateway);

  return found([gateway, ...aclAt(to), ...sideOf(to).toReversed()], [...sideOf(to), ...aclAt(to), table.id, gateway]);
}

/**
 * Paths through an interface of a load balancer to an interface that is one of its targets. "Reachability Analyzer does not consider the
 * health of registered targets." Any rule of a listener may be the one that decides.
 * @param first the ports that may be called
 * @param last the ports that may be those of the target
 */
export function* throughBalancer(
  here: Here,
  from: Place,
  { balancer, node }: { readonly balancer: LoadBalancerRow; readonly node: Place },
  to: Place,
  first: Ports,
  last: Ports,
): Generator<Found> {
  const { LoadBalancerArn: arn } = balancer.fields;
  const isIn = ([least, most]: Ports, port: number): boolean => least <= port && port <= most;
  const listeners = listenersOf(here.region, arn).flatMap(({ fields }) =>
    OVER_TCP.has(fields.Protocol ?? '') && isIn(first, fields.Port ?? -1) ? fields : [],
  );
  if (listeners.length === 0) yield blocked('ELBV2_LISTENERS_MISMATCH', arn);
  for (const { ListenerArn, DefaultActions, Port: port = 0 } of listeners) {
    const called = toAddress(here, from, node.address, port);
    const actions = rulesOf(here.region, ListenerArn).flatMap(({ fields }) => fields.Actions);
    const groups = groupsIn(here.region, [...DefaultActions, ...actions]);
    const targets = groups.flatMap(({ group }) => group.targets.map((target) => ({ group, target })));
    const own = targets.filter(({ target: { id } }) => id === to.address || id === to.eni.attachment?.InstanceId);
    if (!isFound(called)) yield called;
    else if (targets.length === 0) yield blocked('ELBV2_LISTENER_HAS_NO_TG', ListenerArn);
    else if (own.length === 0) yield blocked('TARGET_ADDRESS_RESTRICTION', arn);
    for (const { group, target } of isFound(called) ? own : []) {
      const { TargetGroupArn, Port = port } = group.fields;
      const end = target.port ?? Port;
      const way = wayTo(here, node, to.address);
      const stop = 'by' in way ? way : legStops(here, from, node, group, way, end);
      if (!isIn(last, end)) yield blocked('FILTER_AT_DESTINATION_DESTINATION_PORT_RANGE', TargetGroupArn);
      else if (!isServed(here.region, balancer, group, target, node.eni.zoneName))
        yield blocked('ELBV2_NO_TARGETS_IN_AZ', arn);
      else if (stop || 'by' in way) yield blockedBy(stop ?? {});
      else {
        const forward = [...called.forward, arn, TargetGroupArn, ...between(node, way.hops ?? [], to)];
        yield found(forward, [...wayBack(here, to, node), arn, ...called.back]);
      }
    }
  }
}
