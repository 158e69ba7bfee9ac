import type { RejectVpcPeeringConnectionRequest, RejectVpcPeeringConnectionResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getPeering, needAccepter, needStatus, setPeeringStatus } from '../../ec2/vpc/peerings.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RejectVpcPeeringConnection.html */
export const rejectVpcPeeringConnection = ec2Operation({
  name: 'RejectVpcPeeringConnection',
  kind: 'write',
  run: (call, input: RejectVpcPeeringConnectionRequest): RejectVpcPeeringConnectionResult => {
    const row = getPeering(call, need(input.VpcPeeringConnectionId, 'vpcPeeringConnectionId'));
    needAccepter(call, row, 'reject');
    needStatus(row, 'rejected', 'pending-acceptance');
    setPeeringStatus(call, row.id, 'rejected');
    return { Return: true };
  },
});
