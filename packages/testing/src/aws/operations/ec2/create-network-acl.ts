import type { CreateNetworkAclRequest, CreateNetworkAclResult } from '@aws-sdk/client-ec2';
import { birthplaceOf } from '../../ec2/birthplace.js';
import { oncePerToken } from '../../ec2/request/client-token.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { networkAclView } from '../../ec2/network-acl/network-acl-view.js';
import { newNetworkAcl } from '../../ec2/network-acl/new-network-acl.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAcl.html */
export const createNetworkAcl = ec2Operation({
  name: 'CreateNetworkAcl',
  kind: 'write',
  run: (call, input: CreateNetworkAclRequest): CreateNetworkAclResult => {
    const { ec2 } = call.state;
    const vpc = getRow(ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
    const tags = tagsFrom(input.TagSpecifications, 'network-acl');
    const find = (id: string) => ec2.networkAcls.get(id);
    const row = oncePerToken(call, 'CreateNetworkAcl', input, find, () => {
      const count = [...ec2.networkAcls.values()].filter((acl) => acl.vpcId === vpc.id).length;
      if (count >= call.quota('network-acls-per-vpc')) {
        throw new ServiceError('NetworkAclLimitExceeded', 'The maximum number of network ACLs has been reached.');
      }
      return newNetworkAcl(birthplaceOf(call), vpc.id, false, tags);
    });
    return { NetworkAcl: networkAclView(row), ClientToken: input.ClientToken };
  },
});
