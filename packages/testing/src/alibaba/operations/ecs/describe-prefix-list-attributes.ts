import type {
  DescribePrefixListAttributesRequest,
  DescribePrefixListAttributesResponseBody,
} from '@alicloud/ecs20140526';
import { getPrefixList } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { seconds } from '../../network/request/text-rules.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeprefixlistattributes */
export const describePrefixListAttributes = ecsAction<
  Given<DescribePrefixListAttributesRequest, 'PrefixListId'>,
  Wire<DescribePrefixListAttributesResponseBody>
>({
  name: 'DescribePrefixListAttributes',
  kind: 'read',
  parameters: { PrefixListId: neededText },
  run: ({ state }, { PrefixListId }) => {
    const row = getPrefixList(state, PrefixListId);
    return {
      AddressFamily: row.addressFamily,
      CreationTime: seconds(row.createdAt),
      Description: row.description,
      Entries: { Entry: row.entries.map((entry) => ({ Cidr: entry.cidrBlock, Description: entry.description })) },
      MaxEntries: row.maxEntries,
      PrefixListId: row.id,
      PrefixListName: row.name,
    };
  },
});
