import type { Gaps, CallContext } from '@postern/core/internal/adapter';
import type { NextHop, RouteEntry, RouteTable, PrefixList, SecurityGroup } from '@postern/core/internal/snapshot';
import type { RouteEntryOutput, RouteTableOutput, PrefixListOutput } from '../../sdk-types.js';
import { listAll } from '../../client/list-all.js';
import { plain, type Session } from '../../client/session.js';
import { inBatches } from '../subnet.js';

/** Route tables, and which one holds for a subnet. */
export interface ObservedRouteTables {
  readonly routeTables: readonly RouteTable[];
  /** The table of a subnet: its own, else its network's main one; `undefined` where neither was read. */
  readonly tableOf: (subnet: { readonly id: string; readonly networkId: string }) => string | undefined;
}

/** All route tables of the region. `undefined` for a gap. */
export async function observeRouteTables(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
): Promise<ObservedRouteTables | undefined> {
  // Tables also show which prefix lists are in use.
  const tables = await gaps.attempt({ what: 'route tables', of: ['routeTables', 'prefixLists'] }, () =>
    listAll(session, ctx, 'route tables', 'ec2', 'DescribeRouteTables'),
  );
  if (tables === undefined) return undefined;

  const own = new Map<string, string>();
  const main = new Map<string, string>();
  for (const { RouteTableId, VpcId, Associations = [] } of tables) {
    for (const association of Associations) {
      if (!holds(association)) continue;

      if (association.SubnetId !== undefined) own.set(association.SubnetId, RouteTableId);
      if (association.Main === true) main.set(VpcId, RouteTableId);
    }
  }
  return {
    routeTables: tables.map(toRouteTable),
    tableOf: ({ id, networkId }) => own.get(id) ?? main.get(networkId),
  };
}

type Association = NonNullable<RouteTableOutput['Associations']>[number];

/** An association that has failed, or is being removed, has no effect. */
function holds({ AssociationState }: Association): boolean {
  const state = AssociationState?.State;
  return state === undefined || state === 'associated' || state === 'associating';
}

function toRouteTable(table: RouteTableOutput): RouteTable {
  return {
    id: table.RouteTableId,
    networkId: table.VpcId,
    main: (table.Associations ?? []).some((one) => one.Main === true && holds(one)),
    routes: (table.Routes ?? []).map(toRouteEntry),
    raw: plain(table),
  };
}

/** A route in the portable form. */
function toRouteEntry(route: RouteEntryOutput): RouteEntry {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId, State } = route;
  const block = DestinationCidrBlock ?? DestinationIpv6CidrBlock;
  return {
    ...(block === undefined ? { prefixListId: DestinationPrefixListId } : { cidrBlock: block }),
    nextHop: nextHopOf(route),
    state: (State === 'active' || State === 'blackhole') && isOrigin(route.Origin) ? State : 'unknown',
    origin: originOf(route),
  };
}

/**
 * Whether an origin is documented, or left out. The origin decides which of two routes to one block carries calls.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html (origin)
 */
function isOrigin(origin: string | undefined): boolean {
  return origin === undefined || ORIGINS.has(origin);
}

const ORIGINS: ReadonlySet<string> = new Set([
  'CreateRouteTable',
  'CreateRoute',
  'EnableVgwRoutePropagation',
  'Advertisement',
]);

/** Routes over BGP are propagated (from a virtual gateway) or advertised (from a route server). */
function originOf({ GatewayId, Origin }: RouteEntryOutput): RouteEntry['origin'] {
  if (GatewayId === 'local') return 'local';

  return Origin === 'EnableVgwRoutePropagation' || Origin === 'Advertisement' ? 'propagated' : 'static';
}

/** All kinds of gateways share one member. The prefix of the ID shows the kind. */
function nextHopOf(route: RouteEntryOutput): NextHop {
  const { GatewayId: gateway } = route;
  if (gateway === 'local') return { kind: 'local' };
  if (gateway?.startsWith('igw-') === true) return { kind: 'internet', id: gateway };
  if (gateway?.startsWith('vgw-') === true) return { kind: 'virtual-gateway', id: gateway };
  if (gateway?.startsWith('vpce-') === true) return { kind: 'endpoint', id: gateway };
  if (route.VpcPeeringConnectionId !== undefined) return { kind: 'peering', id: route.VpcPeeringConnectionId };
  if (route.TransitGatewayId !== undefined) return { kind: 'transit-gateway', id: route.TransitGatewayId };
  if (route.NatGatewayId !== undefined) return { kind: 'nat', id: route.NatGatewayId };
  if (route.EgressOnlyInternetGatewayId !== undefined) {
    return { kind: 'internet', id: route.EgressOnlyInternetGatewayId, native: 'egress-only' };
  }
  // A route to an instance names its interface, too, and it is the interface that forwards.
  if (route.NetworkInterfaceId !== undefined) return { kind: 'interface', id: route.NetworkInterfaceId };
  if (route.InstanceId !== undefined) return { kind: 'instance', id: route.InstanceId };
  if (route.CarrierGatewayId !== undefined) return other('carrier-gateway', route.CarrierGatewayId);
  if (route.LocalGatewayId !== undefined) return other('local-gateway', route.LocalGatewayId);
  if (route.CoreNetworkArn !== undefined) return other('core-network', route.CoreNetworkArn);
  if (route.OdbNetworkArn !== undefined) return other('odb-network', route.OdbNetworkArn);

  return gateway === undefined ? { kind: 'other' } : { kind: 'other', id: gateway };
}

function other(native: string, id: string): NextHop {
  return { kind: 'other', id, native };
}

/** The ids of the prefix lists that rules and routes name. */
export function prefixListsOf(groups: readonly SecurityGroup[], tables: readonly RouteTable[]): readonly string[] {
  return [
    ...new Set([
      ...groups.flatMap(({ rules }) => rules.flatMap(({ prefixListId }) => prefixListId ?? [])),
      ...tables.flatMap(({ routes }) => (routes ?? []).flatMap(({ prefixListId }) => prefixListId ?? [])),
    ]),
  ].toSorted();
}

/**
 * The prefix lists with these IDs, with their entries. They may belong to the account, to AWS or to other
 * accounts. A prefix list is missing from the result if it does not exist or its share with the account has
 * ended. `undefined` for a gap.
 */
export async function observePrefixLists(
  session: Session,
  ids: readonly string[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly PrefixList[] | undefined> {
  const lists = await gaps.attempt({ what: 'prefix lists', of: 'prefixLists' }, () =>
    inBatches(ids, (batch) => describe(session, batch, ctx)),
  );
  if (lists === undefined) return undefined;

  return Promise.all(
    lists.map(async (list): Promise<PrefixList> => {
      const id = list.PrefixListId;
      const wanted = { what: `entries of prefix list ${id}`, of: 'prefixLists', id } as const;
      return {
        id,
        name: list.PrefixListName,
        cidrBlocks: await gaps.attempt(wanted, () => entriesOf(session, id, ctx)),
        maxEntries: list.MaxEntries,
        account: list.OwnerId,
        raw: plain(list),
      };
    }),
  );
}

function describe(session: Session, batch: string[], ctx: CallContext): Promise<readonly PrefixListOutput[]> {
  return listAll(session, ctx, 'prefix lists', 'ec2', 'DescribeManagedPrefixLists', {
    Filters: [{ Name: 'prefix-list-id', Values: batch }],
  });
}

async function entriesOf(session: Session, id: string, ctx: CallContext): Promise<readonly string[]> {
  const entries = await listAll(session, ctx, `entries of prefix list ${id}`, 'ec2', 'GetManagedPrefixListEntries', {
    PrefixListId: id,
  });
  return entries.flatMap(({ Cidr }) => Cidr ?? []);
}
