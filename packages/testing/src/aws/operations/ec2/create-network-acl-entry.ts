import type { CreateNetworkAclEntryRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { entryFrom } from '../../ec2/network-acl/network-acl-entry.js';
import { ServiceError } from '../../service-error.js';
import type { NetworkAclEntryRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html */
export const createNetworkAclEntry = ec2Operation({
  name: 'CreateNetworkAclEntry',
  kind: 'write',
  run: (call, input: CreateNetworkAclEntryRequest): Record<string, never> => {
    const row = getRow(call.state.ec2.networkAcls, need(input.NetworkAclId, 'networkAclId'), ID.networkAcl);
    const entry = entryFrom(input);
    const there = row.entries.filter((other) => other.egress === entry.egress);
    if (there.some((other) => other.ruleNumber === entry.ruleNumber)) {
      throw new ServiceError(
        'NetworkAclEntryAlreadyExists',
        `The network acl entry identified by ${entry.ruleNumber} already exists.`,
      );
    }
    // Counted one way, IPv4 and IPv6 apart, the rule that ends the list among them (amazon-vpc-limits.html).
    const isIpv6 = (other: NetworkAclEntryRow): boolean => other.ipv6CidrBlock !== undefined;
    const sameFamily = there.filter((other) => isIpv6(other) === isIpv6(entry));
    if (sameFamily.length >= call.quota('rules-per-network-acl')) {
      throw new ServiceError(
        'NetworkAclEntryLimitExceeded',
        'The maximum number of network acl entries has been reached.',
      );
    }
    row.entries.push(entry);
    return {};
  },
});
