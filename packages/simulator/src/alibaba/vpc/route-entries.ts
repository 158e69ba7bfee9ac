import { covers, readBlock } from '../../simulation/addresses.js';
import { type AlibabaCall, AlibabaError } from '../operation/operation.js';
import type { AlibabaNetworkState, RouteEntryRow, RouteTableRow } from './state.js';
import { newId, checkName, seconds } from './request/text-rules.js';
import { getRouteTable } from './request/lists.js';
import { tagPairs } from './request/tags.js';

/** The next hops of custom entries. @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createrouteentry */
const NEXT_HOP_TYPES = [
  'Instance',
  'HaVip',
  'RouterInterface',
  'NetworkInterface',
  'VpnGateway',
  'IPv6Gateway',
  'NatGateway',
  'Attachment',
  'VpcPeer',
  'Ipv4Gateway',
  'GatewayEndpoint',
  'Ecr',
  'GatewayLoadBalancerEndpoint',
];

/** The cloud's own services. Every table has a route to them. */
const SERVICE_BLOCK = '100.64.0.0/10';

/** An entry with its origin: `Custom` ones are users'. */
export interface EffectiveEntry extends Omit<RouteEntryRow, 'type'> {
  readonly type: 'Custom' | 'System' | 'BGP' | 'CEN' | 'ECR';
}

/** All entries of a route table: to each vSwitch of the VPC, to the cloud's services, then the users'. */
export function entriesOf({ vSwitches }: AlibabaNetworkState, table: RouteTableRow): readonly EffectiveEntry[] {
  const system = (id: string, destinationCidrBlock: string, nextHopType: string): EffectiveEntry => ({
    id: `rte-${id}`,
    destinationCidrBlock,
    nextHopType,
    nextHopId: '',
    name: '',
    description: nextHopType === 'local' ? 'Created with vSwitch by system.' : 'Created by system.',
    type: 'System',
  });
  const tail = (id: string): string => id.replace(/^[a-z]+-/, '');
  return [
    ...[...vSwitches.values()]
      .filter(({ vpcId }) => vpcId === table.vpcId)
      .map(({ id, cidrBlock }) => system(tail(id), cidrBlock, 'local')),
    system(tail(table.id), SERVICE_BLOCK, 'service'),
    ...table.entries.map((entry): EffectiveEntry => ({ ...entry, type: entry.type ?? 'Custom' })),
  ];
}

export interface NewEntry {
  readonly destination: string;
  readonly nextHopType: string;
  readonly nextHopId: string;
  readonly name: string;
  readonly description: string;
}

/**
 * Adds an entry to a route table.
 * @throws {AlibabaError} `InvalidCidrBlock.Malformed`, `RouterEntryConflict.Duplicated`, `QuotaExceeded.RouteEntry`,
 *   `InvalidNextHopType.ValueNotSupported`, `InvalidNextHop.NotFound`
 */
export function addEntry(call: AlibabaCall, table: RouteTableRow, wanted: NewEntry): RouteEntryRow {
  checkName('RouteEntry', wanted.name);
  const block = readBlock(wanted.destination);
  const service = readBlock(SERVICE_BLOCK);
  if (!block?.exact || block.family !== 4 || !wanted.destination.includes('/')) {
    throw new AlibabaError('InvalidCidrBlock.Malformed', 'The DestinationCidrBlock is invalid.'); // [?]
  }
  if (service && covers(service, block)) {
    throw new AlibabaError('InvalidDestinationCidrBlock', 'The DestinationCidrBlock is reserved by system.'); // [?]
  }

  for (const { type, destinationCidrBlock } of entriesOf(call.state.network, table)) {
    const other = readBlock(destinationCidrBlock);
    // a more specific entry inside of a vSwitch is refused, too: traffic within the VPC is always routed
    // directly
    const conflicts = other && (type === 'System' ? covers(other, block) : other.text === block.text);
    if (conflicts) {
      throw new AlibabaError(
        'RouterEntryConflict.Duplicated',
        'The entry with the same destination CIDR block already exists.',
      );
    }
  }
  checkNextHop(call.state.network, table, wanted);
  if (table.entries.length >= call.quota('entries-per-route-table')) {
    throw new AlibabaError('QuotaExceeded.RouteEntry', 'Route entry quota exceeded in this route table.');
  }

  const row: RouteEntryRow = {
    id: newId(call, 'rte'),
    destinationCidrBlock: block.text,
    nextHopType: wanted.nextHopType,
    nextHopId: wanted.nextHopId,
    name: wanted.name,
    description: wanted.description,
  };
  table.entries = [...table.entries, row];
  return row;
}

/**
 * Instances and interfaces must exist. Next hops that are not simulated (gateways, peering) are not checked.
 * @throws {AlibabaError} `InvalidNextHopType.ValueNotSupported`, `InvalidNextHop.NotFound`
 */
export function checkNextHop(
  network: AlibabaNetworkState,
  table: RouteTableRow,
  { nextHopType, nextHopId }: Pick<NewEntry, 'nextHopType' | 'nextHopId'>,
): void {
  if (!NEXT_HOP_TYPES.includes(nextHopType)) {
    throw new AlibabaError('InvalidNextHopType.ValueNotSupported', 'The specified NextHopType is not supported.'); // [?]
  }

  const rows = { Instance: network.instances, NetworkInterface: network.interfaces }[nextHopType];
  if (nextHopId === '' || (rows && rows.get(nextHopId)?.vpcId !== table.vpcId)) {
    throw new AlibabaError('InvalidNextHop.NotFound', 'The specified NextHop does not exist.', 404); // [?]
  }
}

/**
 * The entry that a request means: by its id, or by table and destination, and by its next hop where that is given.
 * @throws {AlibabaError} `MissingParameter`, `InvalidRouteEntry.NotFound`
 */
export function findEntry(
  { state }: AlibabaCall,
  asked: Partial<Record<'RouteEntryId' | 'RouteTableId' | 'DestinationCidrBlock' | 'NextHopId', string | undefined>>,
): { readonly table: RouteTableRow; readonly entry: RouteEntryRow } {
  const { RouteEntryId, RouteTableId, DestinationCidrBlock, NextHopId } = asked;
  if (RouteEntryId === undefined && (RouteTableId === undefined || DestinationCidrBlock === undefined)) {
    const name = RouteTableId === undefined ? 'RouteTableId' : 'DestinationCidrBlock';
    throw new AlibabaError('MissingParameter', `The parameter ${name} is missing.`); // [?] the words
  }

  const tables =
    RouteTableId === undefined ? [...state.network.routeTables.values()] : [getRouteTable(state, RouteTableId)];
  const destination = DestinationCidrBlock === undefined ? undefined : readBlock(DestinationCidrBlock)?.text;
  for (const table of tables) {
    const entry = table.entries.find(
      (row) =>
        (RouteEntryId === undefined || row.id === RouteEntryId) &&
        (DestinationCidrBlock === undefined || row.destinationCidrBlock === destination) &&
        (NextHopId === undefined || row.nextHopId === NextHopId),
    );
    if (entry) return { table, entry };
  }
  throw new AlibabaError('InvalidRouteEntry.NotFound', 'Specified route entry does not exist.', 404);
}

/** The vSwitches that use a route table. */
export function vSwitchesOf({ state }: AlibabaCall, tableId: string): string[] {
  return [...state.network.vSwitches.values()].filter((row) => row.routeTableId === tableId).map(({ id }) => id);
}

/** A route table as DescribeRouteTableList answers it. */
export function routeTableView(call: AlibabaCall, row: RouteTableRow) {
  return {
    AssociateType: 'VSwitch',
    CreationTime: seconds(row.createdAt),
    Description: row.description,
    GatewayIds: { GatewayIds: [] },
    OwnerId: Number(call.account),
    RouteTableId: row.id,
    RouteTableName: row.name,
    RouteTableType: row.kind,
    RouterId: call.state.network.vpcs.get(row.vpcId)?.routerId ?? '',
    RouterType: 'VRouter',
    Status: 'Available',
    Tags: { Tag: tagPairs(row.tags) },
    VSwitchIds: { VSwitchId: vSwitchesOf(call, row.id) },
    VpcId: row.vpcId,
  };
}

/** An entry as DescribeRouteEntryList answers it. */
export function routeEntryView(tableId: string, row: EffectiveEntry) {
  return {
    Description: row.description,
    DestinationCidrBlock: row.destinationCidrBlock,
    IpVersion: row.destinationCidrBlock.includes(':') ? 'IPv6' : 'IPv4',
    NextHops: {
      NextHop: [
        { Enabled: row.enabled === false ? 0 : 1, NextHopId: row.nextHopId, NextHopType: row.nextHopType, Weight: 0 },
      ],
    },
    RouteEntryId: row.id,
    RouteEntryName: row.name,
    RouteTableId: tableId,
    Status: row.status ?? 'Available',
    Type: row.type,
  };
}
