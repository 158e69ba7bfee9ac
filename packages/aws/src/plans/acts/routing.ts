import {
  blocks,
  isChanged,
  isSame,
  linked,
  listChange,
  resource,
  several,
  word,
  type Act,
  type ActValues,
  type Caller,
  isSet,
  type Outputs,
} from '@postern/core/internal/overlay';
import { filters, onChange, stays } from './calls.js';

/** Blocks of a route table name the destination in another way than resources of a route do. */
const BLOCK_NAMES = {
  DestinationCidrBlock: 'cidr_block',
  DestinationIpv6CidrBlock: 'ipv6_cidr_block',
  EgressOnlyInternetGatewayId: 'egress_only_gateway_id',
};
const ROUTE_NAMES = { EgressOnlyInternetGatewayId: 'egress_only_gateway_id' };

type Names = Readonly<Record<string, string>>;

/** A route inside of the network is there from the creation of the table on: naming it changes nothing. */
const isLocal = (route: ActValues): boolean => word(route['gateway_id']) === 'local';

function createRoute(table: unknown, route: ActValues, names: Names, caller: Caller): void {
  if (isLocal(route)) return;

  caller.call('ec2.CreateRoute', { ...caller.fill('ec2.CreateRoute', route, names), RouteTableId: table });
}

function replaceRoute(table: unknown, route: ActValues, names: Names, caller: Caller): void {
  const input = caller.fill('ec2.ReplaceRoute', route, names);
  const target = isLocal(route) ? { GatewayId: undefined, LocalTarget: true } : {};
  caller.call('ec2.ReplaceRoute', { ...input, ...target, RouteTableId: table });
}

function deleteRoute(table: unknown, route: ActValues, names: Names, caller: Caller): void {
  caller.call('ec2.DeleteRoute', { ...caller.fill('ec2.DeleteRoute', route, names), RouteTableId: table });
}

const destinationOf = (route: ActValues): string | undefined =>
  word(route['cidr_block']) ?? word(route['ipv6_cidr_block']) ?? word(route['destination_prefix_list_id']);

function updateTable(before: ActValues, values: ActValues, caller: Caller): void {
  const table = before['id'];
  if (isChanged(before, values, 'route')) {
    const [former, now] = [blocks(before['route']), blocks(values['route'])];
    const find = (all: readonly ActValues[], route: ActValues) =>
      all.find((one) => destinationOf(one) === destinationOf(route));
    for (const route of former) {
      if (find(now, route) === undefined && !isLocal(route)) deleteRoute(table, route, BLOCK_NAMES, caller);
    }
    for (const route of now) {
      const was = find(former, route);
      if (was === undefined) createRoute(table, route, BLOCK_NAMES, caller);
      else if (!isSame(was, route)) replaceRoute(table, route, BLOCK_NAMES, caller);
    }
  }
  const [gone = [], added = []] = listChange(before, values, 'propagating_vgws');
  for (const GatewayId of gone) caller.call('ec2.DisableVgwRoutePropagation', { GatewayId, RouteTableId: table });
  for (const GatewayId of added) caller.call('ec2.EnableVgwRoutePropagation', { GatewayId, RouteTableId: table });
}

function fillTable(table: unknown, values: ActValues, caller: Caller): void {
  for (const route of blocks(values['route'])) createRoute(table, route, BLOCK_NAMES, caller);
  for (const GatewayId of several(values['propagating_vgws']))
    caller.call('ec2.EnableVgwRoutePropagation', { GatewayId, RouteTableId: table });
}

/**
 * Routes of a default table that the configuration does not have are deleted.
 * @see https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_default_route_table.go
 */
function emptyTable(table: unknown, caller: Caller): void {
  const [shown] = caller.call('ec2.DescribeRouteTables', { RouteTableIds: [table] }).RouteTables;
  for (const route of shown?.Routes ?? []) {
    if (route.Origin !== 'CreateRoute' || String(route.GatewayId).startsWith('vpce-')) continue;

    const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = route;
    caller.call('ec2.DeleteRoute', {
      RouteTableId: table,
      DestinationCidrBlock,
      DestinationIpv6CidrBlock,
      DestinationPrefixListId,
    });
  }
}

const ROUTE_TARGETS = [
  'carrier_gateway_id',
  'core_network_arn',
  'egress_only_gateway_id',
  'gateway_id',
  'local_gateway_id',
  'nat_gateway_id',
  'network_interface_id',
  'transit_gateway_id',
  'vpc_endpoint_id',
  'vpc_peering_connection_id',
];

const reassociate = onChange(['route_table_id'], (before, values, caller) => {
  const changed = { AssociationId: before['id'], RouteTableId: word(values['route_table_id']) };
  return { id: caller.call('ec2.ReplaceRouteTableAssociation', changed).NewAssociationId };
});

/** Route tables, their routes and associations. */
export const routingActs: Readonly<Record<string, Act>> = {
  aws_route_table: resource('ec2.CreateRouteTable', 'RouteTable.RouteTableId', 'ec2.DeleteRouteTable', {
    after: (values, { id }, caller) => fillTable(id, values, caller),
    update: updateTable,
  }),
  aws_default_route_table: {
    create: (values, caller) => {
      const id = word(values['default_route_table_id']);
      emptyTable(id, caller);
      fillTable(id, values, caller);
      return { id };
    },
    update: updateTable,
    remove: stays,
  },
  aws_route: {
    create: (values, caller) => {
      const table = word(values['route_table_id']);
      createRoute(table, values, ROUTE_NAMES, caller);
      return { id: `r-${table}` };
    },
    update: onChange(ROUTE_TARGETS, (before, values, caller) =>
      replaceRoute(before['route_table_id'], values, ROUTE_NAMES, caller),
    ),
    remove: (before, caller) => deleteRoute(before['route_table_id'], before, ROUTE_NAMES, caller),
    // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/wait.go (waitRouteDeleted: found twice in turn)
    goneLooks: 1,
    owners: ['route_table_id'],
  },
  aws_route_table_association: resource('ec2.AssociateRouteTable', 'AssociationId', 'ec2.DisassociateRouteTable', {
    update: reassociate,
  }),
  aws_main_route_table_association: {
    create: (values, caller) => {
      const main = filters({ 'vpc-id': String(word(values['vpc_id'])), 'association.main': 'true' });
      const [table] = caller.call('ec2.DescribeRouteTables', main).RouteTables;
      const former = table?.Associations.find(({ Main }: { Main?: boolean }) => Main === true);
      const changed = {
        AssociationId: former?.RouteTableAssociationId,
        RouteTableId: word(values['route_table_id']),
      };
      const id = caller.call('ec2.ReplaceRouteTableAssociation', changed).NewAssociationId;
      return { id, original_route_table_id: table?.RouteTableId };
    },
    update: reassociate,
    remove: (before, caller) =>
      caller.call('ec2.ReplaceRouteTableAssociation', {
        AssociationId: before['id'],
        RouteTableId: before['original_route_table_id'],
      }),
  },
  aws_vpn_gateway_route_propagation: linked('ec2.EnableVgwRoutePropagation', 'ec2.DisableVgwRoutePropagation', {
    names: { GatewayId: 'vpn_gateway_id' },
  }),
};

const OPTIONS = {
  RequesterPeeringConnectionOptions: 'requester',
  AccepterPeeringConnectionOptions: 'accepter',
} as const;

function setPeeringOptions(id: unknown, values: ActValues, caller: Caller): void {
  const set = caller.fill('ec2.ModifyVpcPeeringConnectionOptions', values, OPTIONS);
  if (Object.values(OPTIONS).some((side) => blocks(values[side]).length > 0))
    caller.call('ec2.ModifyVpcPeeringConnectionOptions', { ...set, VpcPeeringConnectionId: id });
}

/** Accepts a request that waits. */
function accept(id: unknown, caller: Caller): void {
  const [shown] = caller.call('ec2.DescribeVpcPeeringConnections', {
    VpcPeeringConnectionIds: [id],
  }).VpcPeeringConnections;
  if (shown?.Status.Code !== 'active') caller.call('ec2.AcceptVpcPeeringConnection', { VpcPeeringConnectionId: id });
}

function completePeering(values: ActValues, { id }: Outputs, caller: Caller): void {
  if (isSet(values['auto_accept'])) accept(id, caller);
  setPeeringOptions(id, values, caller);
}

function updatePeering(before: ActValues, values: ActValues, caller: Caller): void {
  if (isChanged(before, values, 'auto_accept') && isSet(values['auto_accept'])) accept(before['id'], caller);
  if (isChanged(before, values, 'requester', 'accepter')) setPeeringOptions(before['id'], values, caller);
}

/** What changes a connection that exists. */
const peeringSide: Act = {
  create: ({ vpc_peering_connection_id: id }) => ({ id: word(id) }),
  after: completePeering,
  update: updatePeering,
  remove: stays,
};

/** Peering connections. Transit gateways are not carried out: paths over one that a plan changes are undecided. */
export const peeringActs: Readonly<Record<string, Act>> = {
  aws_vpc_peering_connection: resource(
    'ec2.CreateVpcPeeringConnection',
    'VpcPeeringConnection.VpcPeeringConnectionId',
    'ec2.DeleteVpcPeeringConnection',
    { after: completePeering, update: updatePeering },
  ),
  aws_vpc_peering_connection_accepter: peeringSide,
  aws_vpc_peering_connection_options: peeringSide,
};
