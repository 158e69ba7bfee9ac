import { readBlock } from '../../simulation/blocks.js';
import type { AccessControlEntryRow, AccessControlListRow } from './state.js';
import { slbWords } from './errors.js';
import { readJsonItems } from './json-list.js';

/** What one call may name. @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-addaccesscontrollistentry */
const MOST_PER_CALL = 50;

/**
 * Reads entries: `[{"entry":"10.0.0.0/24","comment":"gateway"}]`. A single address becomes a block.
 * @throws {AlibabaError} `InvalidParameter`, `AclEntryEmpty`
 */
export function readAclEntries({ addressIpVersion }: AccessControlListRow, text: string): AccessControlEntryRow[] {
  const items = readJsonItems('AclEntrys', text, ['entry', 'comment']);
  if (items.length === 0) throw slbWords.noEntry();
  if (items.length > MOST_PER_CALL) throw slbWords.invalid('The specified parameter AclEntrys has too many entries.');
  return items.map(({ entry = '', comment = '' }) => {
    const block = readBlock(entry);
    if (!block?.exact || (block.family === 4) !== (addressIpVersion === 'ipv4')) {
      throw slbWords.invalid('The specified parameter AclEntrys is not valid.');
    }
    return { entryIP: block.text, entryComment: comment };
  });
}
