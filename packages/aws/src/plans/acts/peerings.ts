import {
  blocks,
  isChanged,
  isSet,
  linked,
  listChange,
  resource,
  sendsChanges,
  word,
  type Act,
  type ActValues,
  type Caller,
  type Input,
  type Outputs,
} from '@postern/core/overlay';
import { onChange, removes, stays } from './calls.js';

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
  readyMs: 10_000,
  remove: stays,
};

const GATEWAY = 'TransitGateway.TransitGatewayId';
const ATTACHMENT = 'TransitGatewayVpcAttachment.TransitGatewayAttachmentId';
const DETACH = 'ec2.DeleteTransitGatewayVpcAttachment';

const gatewayOptions = (operation: string, values: ActValues, caller: Caller): Input =>
  caller.fill(operation, { options: values });

const TABLE = 'TransitGatewayRouteTableId';

/** What says that an attachment is in a table: an association, a propagation. */
const inTable = (enable: string, disable: string): Act =>
  linked(`ec2.${enable}`, `ec2.${disable}`, {
    readyMs: 60_000,
    goneMs: 60_000,
    owners: ['transit_gateway_route_table_id'],
  });

/** An attachment is associated with the default table, and propagated to it, unless the configuration says no. */
function leaveDefaults(id: unknown, values: ActValues, caller: Caller): void {
  const gateway = word(values['transit_gateway_id']);
  const [shown] = caller.call('ec2.DescribeTransitGateways', { TransitGatewayIds: [gateway] }).TransitGateways;
  const options = shown?.Options ?? {};
  for (const [attribute, table, operation] of [
    ['association', options.AssociationDefaultRouteTableId, 'ec2.DisassociateTransitGatewayRouteTable'],
    ['propagation', options.PropagationDefaultRouteTableId, 'ec2.DisableTransitGatewayRouteTablePropagation'],
  ] as const) {
    if (table !== undefined && word(values[`transit_gateway_default_route_table_${attribute}`]) === 'false')
      caller.call(operation, { [TABLE]: table, TransitGatewayAttachmentId: id });
  }
}

const ATTACHMENT_OPTIONS = [
  'dns_support',
  'ipv6_support',
  'appliance_mode_support',
  'security_group_referencing_support',
];

/** Peering connections and transit gateways. */
export const peeringActs: Readonly<Record<string, Act>> = {
  aws_vpc_peering_connection: resource(
    'ec2.CreateVpcPeeringConnection',
    'VpcPeeringConnection.VpcPeeringConnectionId',
    'ec2.DeleteVpcPeeringConnection',
    { after: completePeering, update: updatePeering, readyMs: 10_000 },
  ),
  aws_vpc_peering_connection_accepter: peeringSide,
  aws_vpc_peering_connection_options: peeringSide,
  aws_ec2_transit_gateway: resource('ec2.CreateTransitGateway', GATEWAY, 'ec2.DeleteTransitGateway', {
    input: (input, values, caller) => ({ ...input, ...gatewayOptions('ec2.CreateTransitGateway', values, caller) }),
    outputs: ({ TransitGateway }) => ({
      association_default_route_table_id: TransitGateway.Options.AssociationDefaultRouteTableId,
      propagation_default_route_table_id: TransitGateway.Options.PropagationDefaultRouteTableId,
    }),
    gives: ['association_default_route_table_id', 'propagation_default_route_table_id'],
    readyMs: 120_000,
    update: sendsChanges('ec2.ModifyTransitGateway', {
      of: ({ id }) => ({ TransitGatewayId: id }),
      members: (values, caller) => gatewayOptions('ec2.ModifyTransitGateway', values, caller),
    }),
    goneMs: 120_000,
  }),
  aws_ec2_transit_gateway_vpc_attachment: resource('ec2.CreateTransitGatewayVpcAttachment', ATTACHMENT, DETACH, {
    input: (input, values, caller) => ({
      ...input,
      ...gatewayOptions('ec2.CreateTransitGatewayVpcAttachment', values, caller),
    }),
    after: async (values, { id }, caller) => {
      await caller.wait(120_000);
      leaveDefaults(id, values, caller);
    },
    update: onChange(['subnet_ids', ...ATTACHMENT_OPTIONS], (before, values, caller) => {
      const [RemoveSubnetIds, AddSubnetIds] = listChange(before, values, 'subnet_ids');
      const options = isChanged(before, values, ...ATTACHMENT_OPTIONS)
        ? gatewayOptions('ec2.ModifyTransitGatewayVpcAttachment', values, caller)
        : {};
      caller.call('ec2.ModifyTransitGatewayVpcAttachment', {
        ...options,
        AddSubnetIds,
        RemoveSubnetIds,
        TransitGatewayAttachmentId: before['id'],
      });
    }),
    goneMs: 120_000,
  }),
  aws_ec2_transit_gateway_vpc_attachment_accepter: {
    create: (values, caller) => {
      const id = word(values['transit_gateway_attachment_id']);
      caller.call('ec2.AcceptTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: id });
      return { id };
    },
    readyMs: 120_000,
    remove: removes(DETACH, 'TransitGatewayAttachmentId'),
  },
  aws_ec2_transit_gateway_route_table: resource(
    'ec2.CreateTransitGatewayRouteTable',
    `TransitGatewayRouteTable.${TABLE}`,
    'ec2.DeleteTransitGatewayRouteTable',
    { readyMs: 60_000 },
  ),
  aws_ec2_transit_gateway_route: linked('ec2.CreateTransitGatewayRoute', 'ec2.DeleteTransitGatewayRoute', {
    owners: ['transit_gateway_route_table_id'],
  }),
  aws_ec2_transit_gateway_route_table_association: inTable(
    'AssociateTransitGatewayRouteTable',
    'DisassociateTransitGatewayRouteTable',
  ),
  aws_ec2_transit_gateway_route_table_propagation: inTable(
    'EnableTransitGatewayRouteTablePropagation',
    'DisableTransitGatewayRouteTablePropagation',
  ),
};
