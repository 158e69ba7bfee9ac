import type {
  RestoreManagedPrefixListVersionRequest,
  RestoreManagedPrefixListVersionResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { checkRoom } from '../../ec2/prefix-list/prefix-list-entries.js';
import { entriesOf, ownPrefixList, prefixListView } from '../../ec2/prefix-list/prefix-list-view.js';
import { checkVersion, versionNotFound } from '../../ec2/prefix-list/prefix-list-version.js';

/**
 * Makes a new version with the entries of an earlier one.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RestoreManagedPrefixListVersion.html
 */
export const restoreManagedPrefixListVersion = ec2Operation({
  name: 'RestoreManagedPrefixListVersion',
  kind: 'write',
  run: (call, input: RestoreManagedPrefixListVersionRequest): RestoreManagedPrefixListVersionResult => {
    const row = ownPrefixList(call, need(input.PrefixListId, 'prefixListId'));
    checkVersion(row, need(input.CurrentVersion, 'currentVersion'));
    const version = need(input.PreviousVersion, 'previousVersion');
    const entries = entriesOf(row, version);
    if (entries === undefined) throw versionNotFound(row.id, version);
    checkRoom(entries.length, row.maxEntries);
    row.versions.push([...entries]);
    row.version = row.versions.length;
    row.state = 'modify-complete';
    row.stateMessage = undefined;
    return { PrefixList: prefixListView(call, row, 'modify-in-progress') };
  },
});
