import { slbAction } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { getAccessControlList } from '../../slb/load-balancer.js';

/** SLB has no package on npm: our own types. */
interface SetAccessControlListAttributeInput {
  readonly AclId: string;
  readonly AclName: string;
}

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-setaccesscontrollistattribute */
export const setAccessControlListAttribute = slbAction<
  SetAccessControlListAttributeInput,
  Readonly<Record<never, never>>
>({
  name: 'SetAccessControlListAttribute',
  kind: 'write',
  parameters: { AclId: neededText, AclName: { ...neededText, length: [1, 80] } },
  run: ({ state }, { AclId, AclName }) => {
    getAccessControlList(state, AclId).name = AclName;
    return {};
  },
});
