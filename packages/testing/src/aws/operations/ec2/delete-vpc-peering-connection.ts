import type { DeleteVpcPeeringConnectionRequest, DeleteVpcPeeringConnectionResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getPeering, needStatus, setPeeringStatus } from '../../ec2/vpc/peerings.js';

/**
 * Either side ends an active connection, the requester also its request. Routes to it become blackholes.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcPeeringConnection.html
 */
export const deleteVpcPeeringConnection = ec2Operation({
  name: 'DeleteVpcPeeringConnection',
  kind: 'write',
  run: (call, input: DeleteVpcPeeringConnectionRequest): DeleteVpcPeeringConnectionResult => {
    const row = getPeering(call, need(input.VpcPeeringConnectionId, 'vpcPeeringConnectionId'));
    needStatus(row, 'deleted', 'active', 'pending-acceptance', 'failed', 'expired');
    setPeeringStatus(call, row.id, 'deleted');
    return { Return: true };
  },
});
