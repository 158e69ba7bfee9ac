import { slbFamily, newId, seconds, clientToken, tags } from '../../vpc/request/text-rules.js';
import { hasTags, namedTagPairs, readTags } from '../../vpc/request/tags.js';
import { slbWords, readJsonItems } from '../request.js';
import { getAccessControlList, listenersWith } from '../load-balancer.js';
import { readBlock } from '../../../simulation/addresses.js';
import { shown } from '../../operation/operation.js';
import type { AccessControlEntryRow, AccessControlListRow } from '../state.js';
import { page, admits, PAGE, neededText, oneOf, text, whole, action } from '../../operation/family.js';

/** What one call may name. @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-addaccesscontrollistentry */
const MOST_PER_CALL = 50;

/**
 * Reads entries: `[{"entry":"10.0.0.0/24","comment":"gateway"}]`. A single address becomes a block.
 * @throws {AlibabaError} `InvalidParameter`, `AclEntryEmpty`
 */
function readAclEntries({ AddressIPVersion }: AccessControlListRow, text: string): AccessControlEntryRow[] {
  const items = readJsonItems('AclEntrys', text, ['entry', 'comment']);
  if (items.length === 0) throw slbWords.noEntry();
  if (items.length > MOST_PER_CALL) throw slbWords.invalid('The specified parameter AclEntrys has too many entries.');

  return items.map(({ entry = '', comment = '' }) => {
    const block = readBlock(entry);
    if (!block?.exact || (block.family === 4) !== (AddressIPVersion === 'ipv4')) {
      throw slbWords.invalid('The specified parameter AclEntrys is not valid.');
    }

    return { AclEntryIP: block.text, AclEntryComment: comment };
  });
}

const ACL_ENTRIES = { AclId: neededText, AclEntrys: neededText };

export const accessControlListActions = slbFamily({
  CreateAccessControlList: {
    parameters: {
      AclName: { ...neededText, length: [1, 80] },
      AddressIPVersion: oneOf('ipv4', 'ipv6'),
      Tag: tags,
      ClientToken: clientToken,
    },
    run(call, { AclName, AddressIPVersion = 'ipv4', Tag }) {
      const { accessControlLists } = call.state.slb;
      const rowTags = readTags(Tag);
      if (accessControlLists.size >= call.quota('access-control-lists')) throw slbWords.tooManyAcls();

      const AclId = newId(call, 'acl');
      const named = { AclId, AclName, AddressIPVersion, CreateTime: seconds(call.now) };
      accessControlLists.set(AclId, { ...named, ResourceGroupId: '', entries: [], tags: rowTags });
      return { AclId };
    },
  },

  /** One that a listener uses stays. */
  DeleteAccessControlList: action({ AclId: neededText }, ({ state }, { AclId }) => {
    getAccessControlList(state, AclId);
    if (listenersWith(state, AclId).length > 0) throw slbWords.aclInUse();

    state.slb.accessControlLists.delete(AclId);
    return {};
  }),

  /** Names are compared loosely. */
  DescribeAccessControlLists: {
    parameters: { AclName: text, AddressIPVersion: oneOf('ipv4', 'ipv6'), Tag: tags, ...PAGE },
    run({ state }, { AclName = '', AddressIPVersion, Tag, ...asked }) {
      const rows = [...state.slb.accessControlLists.values()].filter(
        (row) =>
          row.AclName.includes(AclName) && admits(AddressIPVersion, row.AddressIPVersion) && hasTags(row.tags, Tag),
      );
      const { items, numbers } = page(rows, asked, { largest: 50 });
      return {
        ...numbers,
        Count: items.length,
        Acls: {
          Acl: items.map((row) => ({ ...shown(row), Tags: { Tag: namedTagPairs(row.tags) } })),
        },
      };
    },
  },

  /** Entries and the listeners that use the list. Without page parameters the response has all entries. */
  DescribeAccessControlListAttribute: {
    parameters: { AclId: neededText, AclEntryComment: text, Page: whole, PageSize: whole },
    run({ state }, { AclId, AclEntryComment = '', Page, PageSize }) {
      const row = getAccessControlList(state, AclId);
      const entries = row.entries.filter((entry) => entry.AclEntryComment.includes(AclEntryComment));
      const asked = { PageNumber: Page, PageSize };
      const cut = Page === undefined && PageSize === undefined ? entries : page(entries, asked, { largest: 50 }).items;
      const { CreateTime: _, ...members } = shown(row);
      return {
        ...members,
        TotalAclEntry: entries.length,
        AclEntrys: { AclEntry: cut },
        RelatedListeners: {
          RelatedListener: listenersWith(state, AclId).map(({ balancer, listener }) => ({
            LoadBalancerId: balancer.LoadBalancerId,
            ListenerPort: listener.ListenerPort,
            Protocol: listener.protocol,
            AclType: listener.acl.AclType,
          })),
        },
        Tags: { Tag: namedTagPairs(row.tags) },
      };
    },
  },

  AddAccessControlListEntry: action(ACL_ENTRIES, (call, { AclId, AclEntrys }) => {
    const row = getAccessControlList(call.state, AclId);
    const entries = [...row.entries];
    for (const entry of readAclEntries(row, AclEntrys)) {
      if (entries.some(({ AclEntryIP }) => AclEntryIP === entry.AclEntryIP)) throw slbWords.entryThere();

      entries.push(entry);
    }
    if (entries.length > call.quota('entries-per-access-control-list')) throw slbWords.tooManyEntries();

    row.entries = entries;
    return {};
  }),

  RemoveAccessControlListEntry: action(ACL_ENTRIES, ({ state }, { AclId, AclEntrys }) => {
    const row = getAccessControlList(state, AclId);
    const removed = readAclEntries(row, AclEntrys).map(({ AclEntryIP }) => AclEntryIP);
    const present = row.entries.map(({ AclEntryIP }) => AclEntryIP);
    if (removed.some((block) => !present.includes(block))) throw slbWords.noEntry();

    row.entries = row.entries.filter(({ AclEntryIP }) => !removed.includes(AclEntryIP));
    return {};
  }),
});
