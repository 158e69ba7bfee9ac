import type { DescribePrefixListsRequest, DescribePrefixListsResponseBody } from '@alicloud/ecs20140526';
import { admits, admitsAny } from '../../network/request/lists.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { oneOf, tags, text, texts, TOKENS } from '../../network/request/parameters.js';
import { prefixListUsers } from '../../network/vpc/prefix-list-entries.js';
import { hasTags, namedTagPairs } from '../../network/request/tags.js';
import { seconds } from '../../network/request/text-rules.js';
import { pageByToken } from '../../page.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeprefixlists */
export const describePrefixLists = ecsAction<Given<DescribePrefixListsRequest>, Wire<DescribePrefixListsResponseBody>>({
  name: 'DescribePrefixLists',
  kind: 'read',
  parameters: {
    PrefixListId: { ...texts, length: [0, 100] },
    PrefixListName: text,
    AddressFamily: oneOf('IPv4', 'IPv6'),
    Tag: tags,
    ...TOKENS,
  },
  run: ({ state: { network } }, { PrefixListId, PrefixListName, AddressFamily, Tag, ...asked }) => {
    const rows = [...network.prefixLists.values()].filter(
      (row) =>
        admitsAny(PrefixListId, [row.id]) &&
        admits(PrefixListName, row.name) &&
        admits(AddressFamily, row.addressFamily) &&
        hasTags(row.tags, Tag),
    );
    const { items, NextToken } = pageByToken(rows, asked, {
      operation: { product: 'Ecs', name: 'DescribePrefixLists' },
      defaultSize: 10,
      largest: 100,
      key: ({ id }) => id,
    });
    return {
      NextToken,
      PrefixLists: {
        PrefixList: items.map((row) => ({
          AddressFamily: row.addressFamily,
          AssociationCount: prefixListUsers(network, row.id).length,
          CreationTime: seconds(row.createdAt),
          Description: row.description,
          MaxEntries: row.maxEntries,
          PrefixListId: row.id,
          PrefixListName: row.name,
          Tags: { Tag: namedTagPairs(row.tags) },
        })),
      },
    };
  },
});
