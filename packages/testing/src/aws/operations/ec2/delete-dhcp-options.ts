import type { DeleteDhcpOptionsRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { dependencyViolation, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteDhcpOptions.html */
export const deleteDhcpOptions = ec2Operation({
  name: 'DeleteDhcpOptions',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DeleteDhcpOptionsRequest): Record<string, never> => {
    const { id } = getRow(ec2.dhcpOptions, need(input.DhcpOptionsId, 'dhcpOptionsId'), ID.dhcpOptions);
    if ([...ec2.vpcs.values()].some((vpc) => vpc.dhcpOptionsId === id)) {
      throw dependencyViolation(`The dhcpOptions '${id}' has dependencies and cannot be deleted.`);
    }
    ec2.dhcpOptions.delete(id);
    return {};
  },
});
