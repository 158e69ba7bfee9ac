import { slbAction } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { slbWords } from '../../slb/errors.js';
import { getServerGroup, listenersOf } from '../../slb/load-balancer.js';

/** SLB has no package on npm: our own types. */
interface DeleteVServerGroupInput {
  readonly VServerGroupId: string;
}

/** One to which a listener sends stays. @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-deletevservergroup */
export const deleteVServerGroup = slbAction<DeleteVServerGroupInput, Readonly<Record<never, never>>>({
  name: 'DeleteVServerGroup',
  kind: 'write',
  parameters: { VServerGroupId: neededText },
  run: ({ state }, { VServerGroupId }) => {
    const row = getServerGroup(state, VServerGroupId);
    if (listenersOf(state, row).length > 0) throw slbWords.serverGroupInUse();
    state.slb.serverGroups.delete(row.id);
    return {};
  },
});
