import type { RouteEntry } from '../../../do/model/routing.js';
import type { SubnetPlace } from '../model/world.js';
import type { CompiledTable } from './route-table.js';
import { holds, type Span } from '../model/span.js';
import type { AbsentNextHop } from '../reasons/route.js';

/**
 * Next hops to the internet: no private address is there. A NAT gateway may be a private one, and an endpoint
 * may belong to a firewall or a Gateway Load Balancer. Both forward to private addresses, and their type is
 * not read.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export const AWAY: ReadonlySet<RouteEntry['nextHop']['kind']> = new Set(['internet']);

/** The route for a span after a blackhole route is removed, where it has a working next hop. */
export function routeBehind({ routes }: CompiledTable, gone: RouteEntry, span: Span): RouteEntry | undefined {
  const holding = routes
    .filter(({ route, span: own }) => route !== gone && holds(own, span))
    .toSorted((a, b) => (holds(a.span, b.span) ? 1 : -1));
  const [next] = holding;
  return next?.route.state === 'active' && !AWAY.has(next.route.nextHop.kind) ? next.route : undefined;
}

/**
 * Why an existing next hop carries no traffic, where the snapshot shows it: after the change the cloud activates the route
 * automatically.
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
 */
export function absentNextHop(
  { subnet: { networkId }, world: { index } }: SubnetPlace,
  { kind, id = '' }: RouteEntry['nextHop'],
): AbsentNextHop | undefined {
  if (kind === 'peering') {
    const found = index.find('peerings', id);
    if (found.is !== 'found' || found.value.state !== 'pending') return undefined;
    return { is: 'pending peering', id, nativeState: found.value.nativeState };
  }
  if (kind === 'transit-gateway') {
    const found = index.find('transitGateways', id);
    if (found.is !== 'found' || found.value.state !== 'available' || found.value.attachments === undefined)
      return undefined;
    if (index.missing('transitGateways', id) !== undefined) return undefined;
    const isAttached = found.value.attachments.some(
      ({ resourceId, state }) => resourceId === networkId && state !== 'deleted',
    );
    return isAttached ? undefined : { is: 'transit gateway', id, network: networkId };
  }
  if (kind === 'virtual-gateway') {
    const found = index.find('virtualGateways', id);
    if (found.is !== 'found' || found.value.state !== 'available' || found.value.networkIds.includes(networkId))
      return undefined;
    return { is: 'virtual gateway', id, network: networkId };
  }
  return undefined;
}
