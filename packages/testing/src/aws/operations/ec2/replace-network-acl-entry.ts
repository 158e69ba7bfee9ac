import type { ReplaceNetworkAclEntryRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { entryFrom, entryNotFound } from '../../ec2/network-acl/network-acl-entry.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclEntry.html */
export const replaceNetworkAclEntry = ec2Operation({
  name: 'ReplaceNetworkAclEntry',
  kind: 'write',
  run: (call, input: ReplaceNetworkAclEntryRequest): Record<string, never> => {
    const row = getRow(call.state.ec2.networkAcls, need(input.NetworkAclId, 'networkAclId'), ID.networkAcl);
    const entry = entryFrom(input);
    const index = row.entries.findIndex(
      (other) => other.egress === entry.egress && other.ruleNumber === entry.ruleNumber,
    );
    if (index < 0) throw entryNotFound(row.id, entry.ruleNumber, entry.egress);
    row.entries[index] = entry;
    return {};
  },
});
