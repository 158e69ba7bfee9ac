import type { NextHop, RouteEntry, RouteTable, RegionSnapshot } from '@postern/core/internal/snapshot';
import type { AwsCall } from '../../operation/operation.js';
import type { RouteRow, RouteTableAssociationRow, RouteTargetKind } from '../../ec2/state.js';
import type { Lack } from '../lack.js';

/**
 * Route tables with their associated subnets, and the internet gateways that they use. Routes of a virtual
 * private gateway in `derived` are left out: they follow from its announced routes.
 */
export function loadRouteTables(
  call: AwsCall,
  { routeTables, subnets }: RegionSnapshot,
  derived: ReadonlySet<string>,
  lack: Lack,
): void {
  if (routeTables === undefined) return lack(`the route tables of ${call.region} were not read`);

  const { ec2 } = call.state;
  for (const table of routeTables) {
    const { id, networkId, main, routes } = table;
    if (routes === undefined) lack(`the routes of ${id} were not read`);
    const own = subnets.filter(({ routeTableId }) => routeTableId === id);
    const vgws = new Set<string>();
    const rows = (routes ?? []).flatMap((route): RouteRow | readonly RouteRow[] => {
      const { nextHop, origin } = route;
      if (origin === 'propagated' && nextHop.id !== undefined && nextHop.kind === 'virtual-gateway') {
        if (derived.has(nextHop.id)) {
          vgws.add(nextHop.id);
          return [];
        }
      }
      const row = routeRow(call, table, route);
      if (row === undefined) lack(`a route of ${id} to ${nextHop.native ?? nextHop.kind} is not simulated`);
      return row ?? [];
    });
    ec2.routeTables.set(id, {
      id,
      vpcId: networkId,
      ownerId: ec2.vpcs.get(networkId)?.ownerId ?? call.account,
      routes: rows,
      associations: [
        ...(main ? [association(call, undefined)] : []),
        // Associations with the main table are implicit.
        ...(main ? [] : own.map((subnet) => association(call, subnet.id))),
      ],
      propagatingVgws: [...vgws],
      tags: {},
    });
  }
}

function association(call: AwsCall, subnetId: string | undefined): RouteTableAssociationRow {
  return { id: call.id('rtbassoc-'), subnetId, gatewayId: undefined };
}

const ORIGINS = { local: 'CreateRouteTable', static: 'CreateRoute', propagated: 'EnableVgwRoutePropagation' } as const;

function routeRow(call: AwsCall, table: RouteTable, route: RouteEntry): RouteRow | undefined {
  const destination = route.cidrBlock ?? route.prefixListId;
  const target = targetOf(call, route.nextHop);
  if (destination === undefined || target === undefined) return undefined;

  placeGateway(call, target, table.networkId, route.state === 'active');
  return {
    destination,
    kind: route.cidrBlock === undefined ? 'prefix-list' : destination.includes(':') ? 'ipv6' : 'ipv4',
    targetKind: target.kind,
    targetId: target.id,
    origin: ORIGINS[route.origin],
  };
}

interface RouteTarget {
  readonly kind: RouteTargetKind;
  readonly id: string;
}

const KINDS: ReadonlyMap<string, RouteTargetKind> = new Map([
  ['local', 'local'],
  ['internet', 'internet-gateway'],
  ['egress-only', 'egress-only-gateway'],
  ['peering', 'vpc-peering-connection'],
  ['transit-gateway', 'transit-gateway'],
  ['virtual-gateway', 'virtual-private-gateway'],
  ['nat', 'nat-gateway'],
  ['endpoint', 'vpc-endpoint'],
  ['interface', 'network-interface'],
  ['carrier-gateway', 'carrier-gateway'],
  ['local-gateway', 'local-gateway'],
  ['core-network', 'core-network'],
]);

function targetOf({ state }: AwsCall, hop: NextHop): RouteTarget | undefined {
  if (hop.kind === 'instance') {
    const one = [...state.ec2.interfaces.values()].find(({ attachment }) => attachment?.InstanceId === hop.id);
    return one && { kind: 'network-interface', id: one.id };
  }

  const kind = KINDS.get(hop.native ?? hop.kind) ?? KINDS.get(hop.kind);
  const id = kind === 'local' ? 'local' : hop.id;
  return kind === undefined || id === undefined ? undefined : { kind, id };
}

/** An internet gateway is attached where a route to it works. One that was detached is attached to no network. */
function placeGateway({ state, account }: AwsCall, { kind, id }: RouteTarget, vpcId: string, works: boolean): void {
  const { internetGateways, egressOnlyGateways } = state.ec2;
  const rows =
    kind === 'internet-gateway' ? internetGateways : kind === 'egress-only-gateway' ? egressOnlyGateways : undefined;
  if (rows === undefined) return;

  const row = rows.get(id) ?? { id, ownerId: account, vpcId: undefined, tags: {} };
  if (works) row.vpcId = vpcId;
  rows.set(id, row);
}
