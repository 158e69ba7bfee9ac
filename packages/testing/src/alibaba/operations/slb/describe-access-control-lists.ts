import { admits } from '../../network/request/lists.js';
import { slbAction } from '../../network/request/network-action.js';
import { oneOf, PAGE, tags, text } from '../../network/request/parameters.js';
import { hasTags, namedTagPairs, type GivenTag } from '../../network/request/tags.js';
import { seconds } from '../../network/request/text-rules.js';
import { page, type NumberedPage, type NumberedPageRequest } from '../../page.js';

/** SLB has no package on npm: our own types. */
interface DescribeAccessControlListsInput extends NumberedPageRequest {
  readonly AclName?: string;
  readonly AddressIPVersion?: string;
  readonly Tag?: readonly GivenTag[];
}
type DescribeAccessControlListsOutput = NumberedPage<never>['numbers'] & {
  readonly Count: number;
  readonly Acls: { readonly Acl: readonly object[] };
};

/** Names are compared loosely. @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeaccesscontrollists */
export const describeAccessControlLists = slbAction<DescribeAccessControlListsInput, DescribeAccessControlListsOutput>({
  name: 'DescribeAccessControlLists',
  kind: 'read',
  parameters: { AclName: text, AddressIPVersion: oneOf('ipv4', 'ipv6'), Tag: tags, ...PAGE },
  run: ({ state }, { AclName = '', AddressIPVersion, Tag, ...asked }) => {
    const rows = [...state.slb.accessControlLists.values()].filter(
      (row) => row.name.includes(AclName) && admits(AddressIPVersion, row.addressIpVersion) && hasTags(row.tags, Tag),
    );
    const { items, numbers } = page(rows, asked, { largest: 50 });
    return {
      ...numbers,
      Count: items.length,
      Acls: {
        Acl: items.map((row) => ({
          AclId: row.id,
          AclName: row.name,
          AddressIPVersion: row.addressIpVersion,
          CreateTime: seconds(row.createdAt),
          ResourceGroupId: '',
          Tags: { Tag: namedTagPairs(row.tags) },
        })),
      },
    };
  },
});
