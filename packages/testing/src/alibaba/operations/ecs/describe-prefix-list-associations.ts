import type {
  DescribePrefixListAssociationsRequest,
  DescribePrefixListAssociationsResponseBody,
} from '@alicloud/ecs20140526';
import { getPrefixList } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { neededText, TOKENS } from '../../network/request/parameters.js';
import { prefixListUsers } from '../../network/vpc/prefix-list-entries.js';
import { pageByToken } from '../../page.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describeprefixlistassociations */
export const describePrefixListAssociations = ecsAction<
  Given<DescribePrefixListAssociationsRequest, 'PrefixListId'>,
  Wire<DescribePrefixListAssociationsResponseBody>
>({
  name: 'DescribePrefixListAssociations',
  kind: 'read',
  parameters: { PrefixListId: neededText, ...TOKENS },
  run: ({ state }, { PrefixListId, ...asked }) => {
    const { id } = getPrefixList(state, PrefixListId);
    const { items, NextToken } = pageByToken(prefixListUsers(state.network, id), asked, {
      operation: { product: 'Ecs', name: 'DescribePrefixListAssociations' },
      list: id,
      defaultSize: 10,
      largest: 100,
      key: (groupId) => groupId,
    });
    return {
      NextToken,
      PrefixListAssociations: {
        PrefixListAssociation: items.map((ResourceId) => ({ ResourceId, ResourceType: 'securitygroup' })),
      },
    };
  },
});
