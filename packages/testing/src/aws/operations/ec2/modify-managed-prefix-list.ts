import type { ModifyManagedPrefixListRequest, ModifyManagedPrefixListResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidCombination, invalidValue, missingParameter, need, refuse } from '../../ec2/request/errors.js';
import {
  canonicalCidr,
  checkCount,
  checkMaxEntries,
  checkPrefixListName,
  checkRoom,
  entriesFrom,
} from '../../ec2/prefix-list/prefix-list-entries.js';
import { entriesOf, ownPrefixList, prefixListView } from '../../ec2/prefix-list/prefix-list-view.js';
import { prefixListUsers } from '../../ec2/prefix-list/prefix-list-users.js';
import { checkRuleCount } from '../../ec2/security-group/rule-identity.js';
import { rulesOf } from '../../ec2/security-group/security-group-lookup.js';
import type { AwsCall } from '../../call.js';
import { ServiceError } from '../../service-error.js';
import { checkVersion } from '../../ec2/prefix-list/prefix-list-version.js';
import type { PrefixListEntryRow, PrefixListRow } from '../../state/ec2-state.js';

/**
 * Changes a list's name, its room, or its entries; new entries make a new version.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyManagedPrefixList.html
 */
export const modifyManagedPrefixList = ec2Operation({
  name: 'ModifyManagedPrefixList',
  kind: 'write',
  run: (call, input: ModifyManagedPrefixListRequest): ModifyManagedPrefixListResult => {
    refuse(input, ['IpamPrefixListResolverSyncEnabled']);
    const row = ownPrefixList(call, need(input.PrefixListId, 'prefixListId'));
    const { PrefixListName: name, MaxEntries: maxEntries } = input;
    const changesEntries = (input.AddEntries?.length ?? 0) + (input.RemoveEntries?.length ?? 0) > 0;
    if (changesEntries && maxEntries !== undefined) {
      throw invalidCombination('You cannot modify the entries of a prefix list and its size at the same time.'); // [U]
    }
    if (name !== undefined) checkPrefixListName(name);
    if (maxEntries !== undefined) checkNewSize(call, row, maxEntries);
    const entries = changesEntries ? newEntries(row, input) : undefined;
    row.name = name ?? row.name;
    row.state = 'modify-complete';
    row.stateMessage = undefined;
    if (maxEntries !== undefined) resize(call, row, maxEntries);
    if (entries !== undefined) {
      row.versions.push(entries);
      row.version = row.versions.length;
    }
    return { PrefixList: prefixListView(call, row, 'modify-in-progress') };
  },
});

function checkNewSize(call: AwsCall, row: PrefixListRow, maxEntries: number): void {
  checkMaxEntries(maxEntries, call.quota('entries-per-prefix-list'));
  checkRoom(entriesOf(row)?.length ?? 0, maxEntries);
}

/**
 * Gives a list new room. Its weight in security groups grows with it; where that is too much for one of them, the change
 * fails after the call was answered, and the list keeps its room.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/work-with-cust-managed-prefix-lists.html#resize-managed-prefix-list
 */
function resize(call: AwsCall, row: PrefixListRow, maxEntries: number): void {
  const before = row.maxEntries;
  row.maxEntries = maxEntries;
  try {
    const { ec2 } = call.state;
    for (const id of prefixListUsers(ec2, row.id)) checkRuleCount(call, rulesOf(ec2, id));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    row.maxEntries = before;
    row.state = 'modify-failed';
    row.stateMessage = error.message;
  }
}

function newEntries(row: PrefixListRow, input: ModifyManagedPrefixListRequest): PrefixListEntryRow[] {
  if (input.CurrentVersion === undefined) throw missingParameter('currentVersion');
  checkVersion(row, input.CurrentVersion);
  const removed = (input.RemoveEntries ?? []).map(({ Cidr }) => canonicalCidr(need(Cidr, 'cidr'), row.addressFamily));
  const added = entriesFrom(input.AddEntries ?? [], row.addressFamily);
  checkCount(removed.length);
  const entries = new Map((entriesOf(row) ?? []).map((entry) => [entry.cidr, entry]));
  for (const cidr of removed) {
    if (added.some((entry) => entry.cidr === cidr)) {
      throw invalidValue(`The CIDR ${cidr} cannot be added and removed in one request.`); // [U]
    }
    if (!entries.delete(cidr)) throw invalidValue(`The CIDR ${cidr} is not in the prefix list ${row.id}.`); // [U]
  }
  // An existing entry gets its new description.
  for (const entry of added) entries.set(entry.cidr, entry);
  checkRoom(entries.size, row.maxEntries);
  return [...entries.values()];
}
