import type { DeleteNetworkAclEntryRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { entryNotFound, ruleNumber } from '../../ec2/network-acl/network-acl-entry.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteNetworkAclEntry.html */
export const deleteNetworkAclEntry = ec2Operation({
  name: 'DeleteNetworkAclEntry',
  kind: 'write',
  run: (call, input: DeleteNetworkAclEntryRequest): Record<string, never> => {
    const row = getRow(call.state.ec2.networkAcls, need(input.NetworkAclId, 'networkAclId'), ID.networkAcl);
    const number = ruleNumber(need(input.RuleNumber, 'ruleNumber'));
    const egress = need(input.Egress, 'egress');
    const entry = row.entries.find((other) => other.egress === egress && other.ruleNumber === number);
    if (entry === undefined) throw entryNotFound(row.id, number, egress);
    row.entries = row.entries.filter((other) => other !== entry);
    return {};
  },
});
