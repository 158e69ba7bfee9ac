import type { DeleteVpcRequest } from '@aws-sdk/client-ec2';
import { deleteSecurityGroupRow } from '../../ec2/security-group/delete-security-group-row.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { dependencyViolation, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { isMain } from '../../ec2/route-table/new-route-table.js';
import type { Ec2State } from '../../state/ec2-state.js';

/**
 * Deletes an empty VPC, and the resources that were created with it.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html
 */
export const deleteVpc = ec2Operation({
  name: 'DeleteVpc',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DeleteVpcRequest): Record<string, never> => {
    const vpc = getRow(ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
    if (hasDependencies(ec2, vpc.id)) {
      throw dependencyViolation(`The vpc '${vpc.id}' has dependencies and cannot be deleted.`);
    }
    for (const group of ec2.securityGroups.values()) {
      if (group.vpcId === vpc.id) deleteSecurityGroupRow(ec2, group.id);
    }
    for (const table of ec2.routeTables.values()) if (table.vpcId === vpc.id) ec2.routeTables.delete(table.id);
    for (const acl of ec2.networkAcls.values()) if (acl.vpcId === vpc.id) ec2.networkAcls.delete(acl.id);
    ec2.vpcs.delete(vpc.id);
    return {};
  },
});

function hasDependencies(ec2: Ec2State, vpcId: string): boolean {
  const inVpc = (row: { readonly vpcId: string | undefined }): boolean => row.vpcId === vpcId;
  return (
    [...ec2.subnets.values()].some(inVpc) ||
    [...ec2.interfaces.values()].some(inVpc) ||
    [...ec2.internetGateways.values()].some(inVpc) ||
    [...ec2.vpnGateways.values()].some(inVpc) ||
    [...ec2.egressOnlyGateways.values()].some(inVpc) ||
    [...ec2.securityGroups.values()].some((group) => inVpc(group) && group.name !== 'default') ||
    [...ec2.networkAcls.values()].some((acl) => inVpc(acl) && !acl.isDefault) ||
    [...ec2.routeTables.values()].some((table) => inVpc(table) && !isMain(table)) ||
    [...ec2.peerings.values()].some(
      ({ status, requester, accepter }) => status === 'active' && (inVpc(requester) || inVpc(accepter)),
    )
  );
}
