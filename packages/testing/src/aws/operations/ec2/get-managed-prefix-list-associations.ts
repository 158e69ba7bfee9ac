import type {
  GetManagedPrefixListAssociationsRequest,
  GetManagedPrefixListAssociationsResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/ec2-operation.js';
import { need } from '../../ec2/errors.js';
import { pageRows } from '../../ec2/list-rows.js';
import { prefixListUsers } from '../../ec2/prefix-list-users.js';
import { ownPrefixList } from '../../ec2/prefix-list-view.js';

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
