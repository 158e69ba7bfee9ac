import { slbAction } from '../../network/request/network-action.js';
import { readAclEntries } from '../../slb/access-control-entries.js';
import { ACL_ENTRIES, type AclEntriesInput } from '../../slb/access-control-parameters.js';
import { slbWords } from '../../slb/errors.js';
import { getAccessControlList } from '../../slb/load-balancer.js';

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-removeaccesscontrollistentry */
export const removeAccessControlListEntry = slbAction<AclEntriesInput, Readonly<Record<never, never>>>({
  name: 'RemoveAccessControlListEntry',
  kind: 'write',
  parameters: ACL_ENTRIES,
  run: ({ state }, { AclId, AclEntrys }) => {
    const row = getAccessControlList(state, AclId);
    const removed = readAclEntries(row, AclEntrys).map(({ entryIP }) => entryIP);
    const present = row.entries.map(({ entryIP }) => entryIP);
    if (removed.some((block) => !present.includes(block))) throw slbWords.noEntry();
    row.entries = row.entries.filter(({ entryIP }) => !removed.includes(entryIP));
    return {};
  },
});
