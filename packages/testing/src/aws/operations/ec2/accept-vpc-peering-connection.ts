import type { AcceptVpcPeeringConnectionRequest, AcceptVpcPeeringConnectionResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getPeering, needAccepter, needStatus, peeringView, setPeeringStatus } from '../../ec2/vpc/peerings.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptVpcPeeringConnection.html */
export const acceptVpcPeeringConnection = ec2Operation({
  name: 'AcceptVpcPeeringConnection',
  kind: 'write',
  run: (call, input: AcceptVpcPeeringConnectionRequest): AcceptVpcPeeringConnectionResult => {
    const row = getPeering(call, need(input.VpcPeeringConnectionId, 'vpcPeeringConnectionId'));
    needAccepter(call, row, 'accept');
    needStatus(row, 'active', 'pending-acceptance');
    setPeeringStatus(call, row.id, 'active');
    const Status = { Code: 'provisioning' as const, Message: 'Provisioning' };
    return { VpcPeeringConnection: { ...peeringView(call, row), Status } };
  },
});
