import { unlessGone, type CallContext } from '@postern/core/internal/adapter';
import type { Listener, LoadBalancer } from '@postern/core/internal/snapshot';
import type { Answer } from '../client/apis/actions.js';
import { listAll, type Listed } from '../client/lists.js';
import { numberOf, plain } from '../client/plain.js';
import type { Session } from '../client/session.js';

/** A CLB instance as the list of all has it. */
export type BalancerRow = Listed<'Slb', 'DescribeLoadBalancers'>;
type Attribute = Answer<'Slb', 'DescribeLoadBalancerAttribute'>;

/** A CLB instance with its listeners. */
export interface Balancer {
  readonly loadBalancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  /** Where it is called. */
  readonly address: string;
}

/** All CLB instances of the region, without their listeners. */
export async function listLoadBalancers(session: Session, ctx: CallContext): Promise<readonly BalancerRow[]> {
  return listAll(session, ctx, 'CLB instances', 'Slb', 'DescribeLoadBalancers');
}

/** The attributes of one CLB instance, or `undefined`. */
export function getBalancerRow(session: Session, id: string, ctx: CallContext): Promise<Attribute | undefined> {
  return unlessGone(session.call(ctx, 'Slb', 'DescribeLoadBalancerAttribute', { LoadBalancerId: id }));
}

/** One CLB instance with its listeners, or `undefined`. */
export async function getLoadBalancer(session: Session, id: string, ctx: CallContext): Promise<Balancer | undefined> {
  const found = await getBalancerRow(session, id, ctx);
  return found && toBalancer(id, found);
}

/** The weights of the servers that a CLB instance has by default, by id. */
export function weightsOf({ BackendServers }: Attribute): ReadonlyMap<string, number> {
  const rows = BackendServers?.BackendServer ?? [];
  return new Map(
    rows.flatMap(({ ServerId, Weight }) => {
      const weight = numberOf(Weight);
      return ServerId === undefined || weight === undefined ? [] : [[ServerId, weight] as const];
    }),
  );
}

/** A CLB instance in the portable form. Network ACLs do not filter what reaches it; it sends to servers of every zone. */
export function toLoadBalancer(id: string, row: Omit<BalancerRow, 'LoadBalancerId'>): LoadBalancer {
  const status = row.LoadBalancerStatus ?? '';
  const internal = row.AddressType === 'intranet';
  const isPublic = row.AddressType === 'internet';
  const zones = [row.MasterZoneId, row.SlaveZoneId].flatMap((zone) => zone || []);
  return {
    id,
    name: row.LoadBalancerName ?? '',
    kind: 'classic',
    networkId: row.VpcId || undefined,
    scheme: internal ? 'internal' : isPublic ? 'internet-facing' : undefined,
    state: status || undefined,
    active: /^active$/i.test(status) ? true : /^(?:inactive|locked)$/i.test(status) ? false : undefined,
    subnetIds: row.VSwitchId ? [row.VSwitchId] : [],
    securityGroupIds: [],
    addresses: internal && row.Address ? [row.Address] : isPublic || internal ? [] : undefined,
    zones: zones.length === 0 ? undefined : [...new Set(zones)],
    crossZone: true,
    behindNetworkAcl: false,
    raw: plain(row),
  };
}

function toBalancer(id: string, row: Attribute): Balancer {
  const ports = row.ListenerPortsAndProtocol?.ListenerPortAndProtocol ?? [];
  return {
    loadBalancer: toLoadBalancer(id, row),
    listeners: ports.map(({ ListenerPort, ListenerProtocol = '' }) => ({
      id: `${id}/${ListenerProtocol}:${ListenerPort ?? ''}`,
      loadBalancerId: id,
      port: numberOf(ListenerPort) ?? 0,
      protocol: ListenerProtocol.toUpperCase(),
      raw: { ListenerPort: ListenerPort ?? null, ListenerProtocol },
    })),
    address: row.Address ?? '',
  };
}
