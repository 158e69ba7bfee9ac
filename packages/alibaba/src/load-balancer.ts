import type { CallContext, Listener, LoadBalancer } from '@postern/core';
import type { Answer } from './actions.js';
import { unlessGone } from './instance.js';
import { PAGE } from './limits.js';
import { collectNumbered } from './pages.js';
import { numberOf, plain } from './plain.js';
import type { Session } from './session.js';

type Row = NonNullable<NonNullable<Answer<'Slb', 'DescribeLoadBalancers'>['LoadBalancers']>['LoadBalancer']>[number];
type Attribute = Answer<'Slb', 'DescribeLoadBalancerAttribute'>;

/** A CLB instance with its listeners. */
export interface Balancer {
  readonly loadBalancer: LoadBalancer;
  readonly listeners: readonly Listener[];
  /** Where it is called. */
  readonly address: string;
}

/** All CLB instances of the region, without their listeners. */
export async function listLoadBalancers(session: Session, ctx: CallContext): Promise<readonly Row[]> {
  return collectNumbered(
    ctx,
    { what: 'CLB instances', operation: 'DescribeLoadBalancers' },
    ({ LoadBalancerId = '' }: Row) => LoadBalancerId,
    async (PageNumber) => {
      const page = await session.send(ctx, 'Slb', 'DescribeLoadBalancers', { PageNumber, PageSize: PAGE });
      return { items: page.LoadBalancers?.LoadBalancer, total: page.TotalCount };
    },
  );
}

/** One CLB instance with its listeners, or `undefined`. */
export async function getLoadBalancer(session: Session, id: string, ctx: CallContext): Promise<Balancer | undefined> {
  const found = await unlessGone(session.send(ctx, 'Slb', 'DescribeLoadBalancerAttribute', { LoadBalancerId: id }));
  return found && toBalancer(id, found);
}

function toBalancer(id: string, row: Attribute): Balancer {
  const raw = plain(row);
  const ports = row.ListenerPortsAndProtocol?.ListenerPortAndProtocol ?? [];
  return {
    loadBalancer: {
      id,
      name: row.LoadBalancerName ?? '',
      kind: 'classic',
      networkId: row.VpcId || undefined,
      scheme: row.AddressType === 'intranet' ? 'internal' : 'internet-facing',
      state: row.LoadBalancerStatus || undefined,
      subnetIds: row.VSwitchId ? [row.VSwitchId] : [],
      securityGroupIds: [],
      raw,
    },
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
