import {
  blocks,
  isChanged,
  isSet,
  resource,
  word,
  type Act,
  type ActValues,
  type Caller,
  type Outputs,
} from '@postern/core/internal/overlay';
import { stays } from './calls.js';

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
