import { slbAction } from '../../network/request/network-action.js';
import { neededText, text, whole } from '../../network/request/parameters.js';
import { namedTagPairs } from '../../network/request/tags.js';
import { page } from '../../page.js';
import { getAccessControlList, listenersWith } from '../../slb/load-balancer.js';

/** SLB has no package on npm: our own types. */
interface DescribeAccessControlListAttributeInput {
  readonly AclId: string;
  readonly AclEntryComment?: string;
  readonly Page?: number;
  readonly PageSize?: number;
}

/**
 * Entries and the listeners that use the list. Without page parameters the response has all entries.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeaccesscontrollistattribute
 */
export const describeAccessControlListAttribute = slbAction<
  DescribeAccessControlListAttributeInput,
  Readonly<Record<string, unknown>>
>({
  name: 'DescribeAccessControlListAttribute',
  kind: 'read',
  parameters: { AclId: neededText, AclEntryComment: text, Page: whole, PageSize: whole },
  run: ({ state }, { AclId, AclEntryComment = '', Page, PageSize }) => {
    const row = getAccessControlList(state, AclId);
    const entries = row.entries.filter(({ entryComment }) => entryComment.includes(AclEntryComment));
    const asked = { PageNumber: Page, PageSize };
    const cut = Page === undefined && PageSize === undefined ? entries : page(entries, asked, { largest: 50 }).items;
    return {
      AclId: row.id,
      AclName: row.name,
      AddressIPVersion: row.addressIpVersion,
      ResourceGroupId: '',
      TotalAclEntry: entries.length,
      AclEntrys: {
        AclEntry: cut.map(({ entryIP, entryComment }) => ({ AclEntryIP: entryIP, AclEntryComment: entryComment })),
      },
      RelatedListeners: {
        RelatedListener: listenersWith(state, row.id).map(({ balancer, listener }) => ({
          LoadBalancerId: balancer.id,
          ListenerPort: listener.port,
          Protocol: listener.protocol,
          AclType: listener.aclType,
        })),
      },
      Tags: { Tag: namedTagPairs(row.tags) },
    };
  },
});
