import { slbAction } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { slbWords } from '../../slb/errors.js';
import { getAccessControlList, listenersWith } from '../../slb/load-balancer.js';

/** SLB has no package on npm: our own types. */
interface DeleteAccessControlListInput {
  readonly AclId: string;
}

/** One that a listener uses stays. @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-deleteaccesscontrollist */
export const deleteAccessControlList = slbAction<DeleteAccessControlListInput, Readonly<Record<never, never>>>({
  name: 'DeleteAccessControlList',
  kind: 'write',
  parameters: { AclId: neededText },
  run: ({ state }, { AclId }) => {
    const { id } = getAccessControlList(state, AclId);
    if (listenersWith(state, id).length > 0) throw slbWords.aclInUse();
    state.slb.accessControlLists.delete(id);
    return {};
  },
});
