import type { CreatePrefixListRequest, CreatePrefixListResponseBody } from '@alicloud/ecs20140526';
import { newId } from '../../network/request/ids.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { clientToken, listOf, neededText, tags, text, whole } from '../../network/request/parameters.js';
import { readPrefixListEntries } from '../../network/vpc/prefix-list-entries.js';
import { readTags } from '../../network/request/tags.js';
import { checkName } from '../../network/request/text-rules.js';
import type { PrefixListRow } from '../../state/network-state.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createprefixlist */
export const createPrefixList = ecsAction<
  Given<CreatePrefixListRequest, 'PrefixListName' | 'AddressFamily' | 'MaxEntries'>,
  Wire<CreatePrefixListResponseBody>
>({
  name: 'CreatePrefixList',
  kind: 'write',
  parameters: {
    PrefixListName: neededText,
    AddressFamily: { ...neededText, values: ['IPv4', 'IPv6'] },
    MaxEntries: { ...whole, required: true, range: [1, 200] },
    Description: text,
    Entry: listOf({ Cidr: neededText, Description: text }, 200),
    Tag: tags,
    ClientToken: clientToken,
  },
  run: (call, { PrefixListName, AddressFamily, MaxEntries, Description = '', Entry = [], Tag }) => {
    checkName('PrefixList', PrefixListName);
    const bounds = { addressFamily: AddressFamily === 'IPv6' ? 'IPv6' : 'IPv4', maxEntries: MaxEntries } as const;
    const row: PrefixListRow = {
      id: newId(call, 'pl'),
      name: PrefixListName,
      description: Description,
      ...bounds,
      entries: readPrefixListEntries(bounds, [], Entry),
      createdAt: call.now,
      tags: readTags(Tag),
    };
    call.state.network.prefixLists.set(row.id, row);
    return { PrefixListId: row.id };
  },
});
