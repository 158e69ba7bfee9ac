import {
  blocks,
  isChanged,
  isSet,
  sendsChanges,
  several,
  word,
  type Act,
  type ActValues,
  type Caller,
  type Input,
} from '@postern/core/overlay';
import { onChange, removes, stays, without } from './calls.js';

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

function updatePeering(before: ActValues, values: ActValues, caller: Caller): void {
  if (isChanged(before, values, 'auto_accept') && isSet(values['auto_accept'])) accept(before['id'], caller);
  if (isChanged(before, values, 'requester', 'accepter')) setPeeringOptions(before['id'], values, caller);
}

const gatewayOptions = (operation: string, values: ActValues, caller: Caller): Input =>
  caller.fill(operation, { options: values });

const TABLE = 'TransitGatewayRouteTableId';
const IN_TABLE = {
  [TABLE]: 'transit_gateway_route_table_id',
  TransitGatewayAttachmentId: 'transit_gateway_attachment_id',
};

/** What says that an attachment is in a table: an association, a propagation. */
function inTable(enable: string, disable: string): Act {
  return {
    operation: enable,
    names: IN_TABLE,
    outputs: (_answer, input) => ({ id: `${String(input[TABLE])}_${String(input['TransitGatewayAttachmentId'])}` }),
    readyMs: 60_000,
    remove: (before, caller) => {
      caller.call(disable, caller.fill(disable, before, IN_TABLE));
      return caller.wait(60_000);
    },
    owners: ['transit_gateway_route_table_id'],
  };
}

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
  aws_vpc_peering_connection: {
    operation: 'ec2.CreateVpcPeeringConnection',
    outputs: (answer) => ({ id: answer.VpcPeeringConnection.VpcPeeringConnectionId }),
    after: (values, { id }, caller) => {
      if (isSet(values['auto_accept'])) accept(id, caller);
      setPeeringOptions(id, values, caller);
    },
    update: updatePeering,
    readyMs: 10_000,
    remove: removes('ec2.DeleteVpcPeeringConnection', 'VpcPeeringConnectionId'),
  },
  aws_vpc_peering_connection_accepter: {
    create: (values, caller) => {
      const id = word(values['vpc_peering_connection_id']);
      if (isSet(values['auto_accept'])) accept(id, caller);
      return { id };
    },
    after: (values, { id }, caller) => setPeeringOptions(id, values, caller),
    update: updatePeering,
    readyMs: 10_000,
    remove: stays,
  },
  aws_vpc_peering_connection_options: {
    create: (values, caller) => {
      const id = word(values['vpc_peering_connection_id']);
      setPeeringOptions(id, values, caller);
      return { id };
    },
    update: updatePeering,
    remove: stays,
  },
  aws_ec2_transit_gateway: {
    operation: 'ec2.CreateTransitGateway',
    input: (input, values, caller) => ({ ...input, ...gatewayOptions('ec2.CreateTransitGateway', values, caller) }),
    outputs: ({ TransitGateway }) => ({
      id: TransitGateway.TransitGatewayId,
      arn: TransitGateway.TransitGatewayArn,
      association_default_route_table_id: TransitGateway.Options.AssociationDefaultRouteTableId,
      propagation_default_route_table_id: TransitGateway.Options.PropagationDefaultRouteTableId,
    }),
    gives: ['association_default_route_table_id', 'propagation_default_route_table_id'],
    readyMs: 120_000,
    update: sendsChanges('ec2.ModifyTransitGateway', {
      of: ({ id }) => ({ TransitGatewayId: id }),
      members: (values, caller) => gatewayOptions('ec2.ModifyTransitGateway', values, caller),
    }),
    remove: (before, caller) => {
      caller.call('ec2.DeleteTransitGateway', { TransitGatewayId: before['id'] });
      return caller.wait(120_000);
    },
  },
  aws_ec2_transit_gateway_vpc_attachment: {
    operation: 'ec2.CreateTransitGatewayVpcAttachment',
    input: (input, values, caller) => ({
      ...input,
      ...gatewayOptions('ec2.CreateTransitGatewayVpcAttachment', values, caller),
    }),
    outputs: (answer) => ({ id: answer.TransitGatewayVpcAttachment.TransitGatewayAttachmentId }),
    after: async (values, { id }, caller) => {
      await caller.wait(120_000);
      leaveDefaults(id, values, caller);
    },
    update: onChange(['subnet_ids', ...ATTACHMENT_OPTIONS], (before, values, caller) => {
      const [were, are] = [several(before['subnet_ids']), several(values['subnet_ids'])];
      const subnets = isChanged(before, values, 'subnet_ids')
        ? { AddSubnetIds: without(are, were), RemoveSubnetIds: without(were, are) }
        : {};
      const options = isChanged(before, values, ...ATTACHMENT_OPTIONS)
        ? gatewayOptions('ec2.ModifyTransitGatewayVpcAttachment', values, caller)
        : {};
      caller.call('ec2.ModifyTransitGatewayVpcAttachment', {
        ...options,
        ...subnets,
        TransitGatewayAttachmentId: before['id'],
      });
    }),
    remove: (before, caller) => {
      caller.call('ec2.DeleteTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: before['id'] });
      return caller.wait(120_000);
    },
  },
  aws_ec2_transit_gateway_vpc_attachment_accepter: {
    create: (values, caller) => {
      const id = word(values['transit_gateway_attachment_id']);
      caller.call('ec2.AcceptTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: id });
      return { id };
    },
    readyMs: 120_000,
    remove: removes('ec2.DeleteTransitGatewayVpcAttachment', 'TransitGatewayAttachmentId'),
  },
  aws_ec2_transit_gateway_route_table: {
    operation: 'ec2.CreateTransitGatewayRouteTable',
    outputs: (answer) => ({ id: answer.TransitGatewayRouteTable.TransitGatewayRouteTableId }),
    readyMs: 60_000,
    remove: removes('ec2.DeleteTransitGatewayRouteTable', TABLE),
  },
  aws_ec2_transit_gateway_route: {
    operation: 'ec2.CreateTransitGatewayRoute',
    outputs: (_answer, input) => ({ id: `${String(input[TABLE])}_${String(input['DestinationCidrBlock'])}` }),
    remove: (before, caller) =>
      caller.call('ec2.DeleteTransitGatewayRoute', caller.fill('ec2.DeleteTransitGatewayRoute', before)),
    owners: ['transit_gateway_route_table_id'],
  },
  aws_ec2_transit_gateway_route_table_association: inTable(
    'ec2.AssociateTransitGatewayRouteTable',
    'ec2.DisassociateTransitGatewayRouteTable',
  ),
  aws_ec2_transit_gateway_route_table_propagation: inTable(
    'ec2.EnableTransitGatewayRouteTablePropagation',
    'ec2.DisableTransitGatewayRouteTablePropagation',
  ),
};
