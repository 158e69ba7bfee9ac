import { newId } from '../../network/request/ids.js';
import { slbAction } from '../../network/request/network-action.js';
import { clientToken, neededText, oneOf, tags } from '../../network/request/parameters.js';
import { readTags, type GivenTag } from '../../network/request/tags.js';
import { slbWords } from '../../slb/errors.js';

/** SLB has no package on npm: our own types. */
interface CreateAccessControlListInput {
  readonly AclName: string;
  readonly AddressIPVersion?: 'ipv4' | 'ipv6';
  readonly Tag?: readonly GivenTag[];
}
interface CreateAccessControlListOutput {
  readonly AclId: string;
}

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-createaccesscontrollist */
export const createAccessControlList = slbAction<CreateAccessControlListInput, CreateAccessControlListOutput>({
  name: 'CreateAccessControlList',
  kind: 'write',
  parameters: {
    AclName: { ...neededText, length: [1, 80] },
    AddressIPVersion: oneOf('ipv4', 'ipv6'),
    Tag: tags,
    ClientToken: clientToken,
  },
  run: (call, { AclName, AddressIPVersion = 'ipv4', Tag }) => {
    const { accessControlLists } = call.state.slb;
    const rowTags = readTags(Tag);
    if (accessControlLists.size >= call.quota('access-control-lists')) throw slbWords.tooManyAcls();
    const id = newId(call, 'acl');
    accessControlLists.set(id, {
      id,
      name: AclName,
      addressIpVersion: AddressIPVersion,
      entries: [],
      createdAt: call.now,
      tags: rowTags,
    });
    return { AclId: id };
  },
});
