import type { RouteEntry } from '../../model/routing.js';
import type { Place } from '../end.js';
import type { CompiledTable } from './route-table.js';
import { holds, type Span } from '../span.js';

/**
 * Leads to the internet: no private address is there. A NAT gateway may be a private one, and an endpoint one of a firewall or of a
 * Gateway Load Balancer: both forward to private addresses, and which they are is not read.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export const AWAY: ReadonlySet<RouteEntry['nextHop']['kind']> = new Set(['internet']);

/** The route that takes a span once a blackhole is gone, where that leads somewhere. */
export function routeBehind({ routes }: CompiledTable, gone: RouteEntry, span: Span): RouteEntry | undefined {
  const holding = routes
    .filter(({ route, span: own }) => route !== gone && holds(own, span))
    .toSorted((a, b) => (holds(a.span, b.span) ? 1 : -1));
  const [next] = holding;
  return next?.route.state === 'active' && !AWAY.has(next.route.nextHop.kind) ? next.route : undefined;
}

/**
 * Why a next hop that is there carries nothing, where the snapshot tells, and what brings it back: the cloud then makes the route
 * active by itself.
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
 */
export function deadHop(
  { subnet: { networkId }, world: { index } }: Place,
  { kind, id = '' }: RouteEntry['nextHop'],
): { readonly because: string; readonly remedy: string } | undefined {
  if (kind === 'peering') {
    const found = index.find('peerings', id);
    if (found.is !== 'found' || found.value.state !== 'pending') return undefined;
    return { because: `${id} is ${found.value.nativeState}`, remedy: `Accept the peering ${id} at its other side.` };
  }
  if (kind === 'transit-gateway') {
    const found = index.find('transitGateways', id);
    if (found.is !== 'found' || found.value.state !== 'available' || found.value.attachments === undefined)
      return undefined;
    if (index.missing('transitGateways', id) !== undefined) return undefined;
    const isAttached = found.value.attachments.some(
      ({ resourceId, state }) => resourceId === networkId && state !== 'deleted',
    );
    return isAttached
      ? undefined
      : {
          because: `${networkId} is not attached to ${id}`,
          remedy: `Attach ${networkId} to ${id}, with a subnet in each zone of the link.`,
        };
  }
  if (kind === 'virtual-gateway') {
    const found = index.find('virtualGateways', id);
    if (found.is !== 'found' || found.value.state !== 'available' || found.value.networkIds.includes(networkId))
      return undefined;
    return { because: `${id} is not attached to ${networkId}`, remedy: `Attach ${id} to ${networkId}.` };
  }
  return undefined;
}
