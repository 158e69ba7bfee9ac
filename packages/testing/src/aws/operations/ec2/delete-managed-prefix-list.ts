import type { DeleteManagedPrefixListRequest, DeleteManagedPrefixListResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { prefixListUsers } from '../../ec2/prefix-list/prefix-list-users.js';
import { ownPrefixList, prefixListView } from '../../ec2/prefix-list/prefix-list-view.js';

/**
 * Deletes a list. One that something refers to is accepted, too, and fails afterwards: it stays as `delete-failed`.
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/20991
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteManagedPrefixList.html
 */
export const deleteManagedPrefixList = ec2Operation({
  name: 'DeleteManagedPrefixList',
  kind: 'write',
  run: (call, input: DeleteManagedPrefixListRequest): DeleteManagedPrefixListResult => {
    const row = ownPrefixList(call, need(input.PrefixListId, 'prefixListId'));
    if (prefixListUsers(call.state.ec2, row.id).length > 0) {
      row.state = 'delete-failed';
      row.stateMessage = 'The prefix list is in use.'; // [U] sentence
    } else {
      call.state.ec2.prefixLists.delete(row.id);
    }
    return { PrefixList: prefixListView(call, row, 'delete-in-progress') };
  },
});
