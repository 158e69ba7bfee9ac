import type { DeleteNetworkAclRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { dependencyViolation, invalidValue, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAcl.html */
export const deleteNetworkAcl = ec2Operation({
  name: 'DeleteNetworkAcl',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DeleteNetworkAclRequest): Record<string, never> => {
    const row = getRow(ec2.networkAcls, need(input.NetworkAclId, 'networkAclId'), ID.networkAcl);
    if (row.isDefault) throw invalidValue(`cannot delete default network ACL ${row.id}`);
    if (row.associations.length > 0) {
      throw dependencyViolation(`The networkAcl '${row.id}' has dependencies and cannot be deleted.`);
    }
    ec2.networkAcls.delete(row.id);
    return {};
  },
});
