import { slbAction } from '../../network/request/network-action.js';
import { readAclEntries } from '../../slb/access-control-entries.js';
import { ACL_ENTRIES, type AclEntriesInput } from '../../slb/access-control-parameters.js';
import { slbWords } from '../../slb/errors.js';
import { getAccessControlList } from '../../slb/load-balancer.js';

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-addaccesscontrollistentry */
export const addAccessControlListEntry = slbAction<AclEntriesInput, Readonly<Record<never, never>>>({
  name: 'AddAccessControlListEntry',
  kind: 'write',
  parameters: ACL_ENTRIES,
  run: (call, { AclId, AclEntrys }) => {
    const row = getAccessControlList(call.state, AclId);
    const entries = [...row.entries];
    for (const entry of readAclEntries(row, AclEntrys)) {
      if (entries.some(({ entryIP }) => entryIP === entry.entryIP)) throw slbWords.entryThere();
      entries.push(entry);
    }
    if (entries.length > call.quota('entries-per-access-control-list')) throw slbWords.tooManyEntries();
    row.entries = entries;
    return {};
  },
});
