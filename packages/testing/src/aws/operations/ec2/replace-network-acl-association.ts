import type { ReplaceNetworkAclAssociationRequest, ReplaceNetworkAclAssociationResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidValue, need } from '../../ec2/request/errors.js';
import { checkId, getRow, ID, notFound } from '../../ec2/request/ids.js';

/**
 * Lets another network ACL guard a subnet; every subnet has exactly one.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclAssociation.html
 */
export const replaceNetworkAclAssociation = ec2Operation({
  name: 'ReplaceNetworkAclAssociation',
  kind: 'write',
  run: (call, input: ReplaceNetworkAclAssociationRequest): ReplaceNetworkAclAssociationResult => {
    const { ec2 } = call.state;
    const id = need(input.AssociationId, 'associationId');
    const next = getRow(ec2.networkAcls, need(input.NetworkAclId, 'networkAclId'), ID.networkAcl);
    for (const acl of ec2.networkAcls.values()) {
      const association = acl.associations.find((row) => row.id === id);
      if (association === undefined) continue;
      if (acl.vpcId !== next.vpcId) {
        throw invalidValue(`network acl ${next.id} and subnet ${association.subnetId} belong to different networks`);
      }
      acl.associations = acl.associations.filter((row) => row !== association);
      const row = { id: call.id('aclassoc-'), subnetId: association.subnetId };
      next.associations.push(row);
      return { NewAssociationId: row.id };
    }
    checkId(id, ID.networkAclAssociation);
    throw notFound(ID.networkAclAssociation, id);
  },
});
