import type { DeleteSubnetRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { dependencyViolation, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';

/**
 * Deletes a subnet that no interface is in; what was associated with it no longer is.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSubnet.html
 */
export const deleteSubnet = ec2Operation({
  name: 'DeleteSubnet',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DeleteSubnetRequest): Record<string, never> => {
    const { id } = getRow(ec2.subnets, need(input.SubnetId, 'subnetId'), ID.subnet);
    if ([...ec2.interfaces.values()].some((row) => row.subnetId === id)) {
      throw dependencyViolation(`The subnet '${id}' has dependencies and cannot be deleted.`);
    }
    for (const table of ec2.routeTables.values()) {
      table.associations = table.associations.filter((association) => association.subnetId !== id);
    }
    for (const acl of ec2.networkAcls.values()) {
      acl.associations = acl.associations.filter((association) => association.subnetId !== id);
    }
    for (const reservation of ec2.cidrReservations.values()) {
      if (reservation.subnetId === id) ec2.cidrReservations.delete(reservation.id);
    }
    ec2.subnets.delete(id);
    return {};
  },
});
