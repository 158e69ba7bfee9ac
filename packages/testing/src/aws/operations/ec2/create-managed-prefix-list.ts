import type { CreateManagedPrefixListRequest, CreateManagedPrefixListResult } from '@aws-sdk/client-ec2';
import { oncePerToken } from '../../ec2/request/client-token.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidMember, need } from '../../ec2/request/errors.js';
import {
  checkMaxEntries,
  checkPrefixListName,
  checkRoom,
  entriesFrom,
} from '../../ec2/prefix-list/prefix-list-entries.js';
import { isAws, prefixListView } from '../../ec2/prefix-list/prefix-list-view.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import type { AwsCall } from '../../call.js';
import { ServiceError } from '../../service-error.js';
import type { PrefixListRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html */
export const createManagedPrefixList = ec2Operation({
  name: 'CreateManagedPrefixList',
  kind: 'write',
  run: (call, input: CreateManagedPrefixListRequest): CreateManagedPrefixListResult => {
    const find = (id: string) => call.state.ec2.prefixLists.get(id);
    const row = oncePerToken(call, 'CreateManagedPrefixList', input, find, () => make(call, input));
    return { PrefixList: prefixListView(call, row, 'create-in-progress') };
  },
});

function make(call: AwsCall, input: CreateManagedPrefixListRequest): PrefixListRow {
  const name = need(input.PrefixListName, 'prefixListName');
  checkPrefixListName(name);
  const addressFamily = need(input.AddressFamily, 'addressFamily');
  if (addressFamily !== 'IPv4' && addressFamily !== 'IPv6') {
    throw invalidMember('addressFamily', addressFamily, 'It must be IPv4 or IPv6.');
  }
  const maxEntries = need(input.MaxEntries, 'maxEntries');
  checkMaxEntries(maxEntries, call.quota('entries-per-prefix-list'));
  const entries = entriesFrom(input.Entries ?? [], addressFamily);
  checkRoom(entries.length, maxEntries);
  const own = [...call.state.ec2.prefixLists.values()].filter((list) => !isAws(list));
  if (own.length >= call.quota('prefix-lists')) {
    throw new ServiceError('PrefixListLimitExceeded', 'The maximum number of prefix lists has been reached.'); // [U]
  }
  const row: PrefixListRow = {
    id: call.id('pl-'),
    name,
    ownerId: call.account,
    addressFamily,
    maxEntries,
    version: 1,
    state: 'create-complete',
    stateMessage: undefined,
    versions: [entries],
    tags: tagsFrom(input.TagSpecifications, 'prefix-list'),
  };
  call.state.ec2.prefixLists.set(row.id, row);
  return row;
}
