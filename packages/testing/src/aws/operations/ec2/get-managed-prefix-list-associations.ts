import type {
  GetManagedPrefixListAssociationsRequest,
  GetManagedPrefixListAssociationsResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { pageRows } from '../../ec2/request/list-rows.js';
import { prefixListUsers } from '../../ec2/prefix-list/prefix-list-users.js';
import { ownPrefixList } from '../../ec2/prefix-list/prefix-list-view.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetManagedPrefixListAssociations.html */
export const getManagedPrefixListAssociations = ec2Operation({
  name: 'GetManagedPrefixListAssociations',
  kind: 'read',
  run: (call, input: GetManagedPrefixListAssociationsRequest): GetManagedPrefixListAssociationsResult => {
    const list = ownPrefixList(call, need(input.PrefixListId, 'prefixListId'));
    const users = prefixListUsers(call.state.ec2, list.id).map((id) => ({ id }));
    const { rows, next } = pageRows(users, input, {
      list: `GetManagedPrefixListAssociations/${list.id}`,
      size: [5, 255],
    });
    return {
      PrefixListAssociations: rows.map(({ id }) => ({ ResourceId: id, ResourceOwner: call.account })),
      NextToken: next,
    };
  },
});
