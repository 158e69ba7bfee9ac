import type {
  ModifyVpcPeeringConnectionOptionsRequest,
  ModifyVpcPeeringConnectionOptionsResult,
  PeeringConnectionOptions,
  PeeringConnectionOptionsRequest,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { missingParameter, need, refuse } from '../../ec2/request/errors.js';
import { copiesOf, getPeering } from '../../ec2/vpc/peerings.js';
import type { AwsCall } from '../../call.js';
import { ServiceError } from '../../service-error.js';

/**
 * Sets on either side whether names of the other side's resources are resolved to private addresses.
 * ClassicLink is retired.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcPeeringConnectionOptions.html
 */
export const modifyVpcPeeringConnectionOptions = ec2Operation({
  name: 'ModifyVpcPeeringConnectionOptions',
  kind: 'write',
  run: (call, input: ModifyVpcPeeringConnectionOptionsRequest): ModifyVpcPeeringConnectionOptionsResult => {
    const { RequesterPeeringConnectionOptions: requester, AccepterPeeringConnectionOptions: accepter } = input;
    const row = getPeering(call, need(input.VpcPeeringConnectionId, 'vpcPeeringConnectionId'));
    if (!requester && !accepter) throw missingParameter('requesterPeeringConnectionOptions'); // [U]
    if (row.status !== 'active') {
      throw new ServiceError(
        'OperationNotPermitted',
        `Peering ${row.id} is not active. Peering options can be added only to active peerings.`,
      );
    }
    return {
      RequesterPeeringConnectionOptions: set(call, row.id, 'requester', requester),
      AccepterPeeringConnectionOptions: set(call, row.id, 'accepter', accepter),
    };
  },
});

function set(
  { aws, account }: AwsCall,
  id: string,
  side: 'requester' | 'accepter',
  options: PeeringConnectionOptionsRequest | undefined,
): PeeringConnectionOptions | undefined {
  if (!options) return undefined;
  refuse(options, ['AllowEgressFromLocalClassicLinkToRemoteVpc', 'AllowEgressFromLocalVpcToRemoteClassicLink']);
  for (const row of copiesOf(aws, id)) {
    if (row[side].ownerId !== account) {
      throw new ServiceError(
        'OperationNotPermitted',
        `User ${account} cannot modify peering options of ${row[side].vpcId}`,
      ); // [U]
    }
    row[side].allowDnsResolution = options.AllowDnsResolutionFromRemoteVpc ?? row[side].allowDnsResolution;
  }
  return { AllowDnsResolutionFromRemoteVpc: options.AllowDnsResolutionFromRemoteVpc ?? false };
}
