import type { DeletePrefixListRequest, DeletePrefixListResponseBody } from '@alicloud/ecs20140526';
import { getPrefixList } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { prefixListUsers } from '../../network/vpc/prefix-list-entries.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-deleteprefixlist */
export const deletePrefixList = ecsAction<
  Given<DeletePrefixListRequest, 'PrefixListId'>,
  Wire<DeletePrefixListResponseBody>
>({
  name: 'DeletePrefixList',
  kind: 'write',
  parameters: { PrefixListId: neededText },
  run: ({ state }, { PrefixListId }) => {
    const { id } = getPrefixList(state, PrefixListId);
    if (prefixListUsers(state.network, id).length > 0) {
      const message = 'The specified prefix list is associated with resources.'; // [?] the words
      throw new AlibabaError('DependencyViolation.PrefixList', message, 403);
    }
    state.network.prefixLists.delete(id);
    return {};
  },
});
