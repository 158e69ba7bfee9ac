import { raise } from '../../../simulation/raise.js';
import type { CreateManagedPrefixListRequest, ModifyManagedPrefixListRequest, PrefixList } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import {
  canonicalCidr,
  checkCount,
  checkMaxEntries,
  checkPrefixListName,
  checkRoom,
  entriesFrom,
  prefixListUsers,
  checkVersion,
  cidrsOf,
  versionNotFound,
  entriesOf,
  isAws,
  newPrefixList,
  ownPrefixList,
  prefixListView,
} from '../prefix-list.js';
import {
  oncePerToken,
  invalidCombination,
  invalidMember,
  invalidValue,
  missingParameter,
  need,
  refuse,
  checkQuota,
} from '../request/text-rules.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { needRow, ID } from '../request/ids.js';
import { pageRows } from '../request/filters.js';
import { checkRuleCount } from '../security-group/rule-identity.js';
import { rulesOf } from '../security-group/security-group-rules.js';
import type { PrefixListEntryRow, PrefixListRow } from '../state.js';

/** Prefix lists, the ones that AWS manages among them. */
export const prefixListOperations = family({
  CreateManagedPrefixList(call, input) {
    const row = oncePerToken(call, 'CreateManagedPrefixList', input, call.state.ec2.prefixLists, () =>
      make(call, input),
    );
    return { PrefixList: prefixListView(call, row, 'create-in-progress') };
  },

  /** Changes a list's name, its room, or its entries; new entries make a new version. */
  ModifyManagedPrefixList(call, input) {
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
    const { fields } = row;
    const PrefixListName = name ?? fields.PrefixListName;
    Object.assign(fields, { PrefixListName, State: 'modify-complete', StateMessage: undefined });
    if (maxEntries !== undefined) resize(call, row, maxEntries);
    if (entries !== undefined) {
      row.versions.push(entries);
      fields.Version = row.versions.length;
    }
    return { PrefixList: prefixListView(call, row, 'modify-in-progress') };
  },

  /**
   * Deletes a list. One that something refers to is accepted, too, and fails afterwards: it stays as `delete-failed`.
   * @see https://github.com/hashicorp/terraform-provider-aws/issues/20991
   */
  DeleteManagedPrefixList(call, input) {
    const row = ownPrefixList(call, need(input.PrefixListId, 'prefixListId'));
    if (prefixListUsers(call.state.ec2, row.id).length > 0) {
      Object.assign(row.fields, { State: 'delete-failed', StateMessage: 'The prefix list is in use.' }); // [U] sentence
    } else {
      call.state.ec2.prefixLists.delete(row.id);
    }
    return { PrefixList: prefixListView(call, row, 'delete-in-progress') };
  },

  DescribeManagedPrefixLists: listing({
    of: ID.prefixList,
    as: 'PrefixLists',
    view: (row, call) => prefixListView(call, row),
    size: [1, 100],
    defaultSize: 100,
    filters: 'owner-id prefix-list-id prefix-list-name',
  }),

  GetManagedPrefixListEntries(call, input) {
    const list = needRow(call.state.ec2, ID.prefixList, input.PrefixListId);
    const version = input.TargetVersion ?? list.fields.Version;
    const entries = entriesOf(list, version) ?? raise(versionNotFound(list.id, version));

    const { rows, next } = pageRows(
      entries.map((entry) => ({ id: entry.Cidr, ...entry })),
      input,
      { list: `GetManagedPrefixListEntries/${list.id}/${version}`, size: [1, 100], defaultSize: 100 },
    );
    return { Entries: rows.map(({ Cidr, Description }) => ({ Cidr, Description })), NextToken: next };
  },

  /** The lists that AWS manages, with what is in them. */
  DescribePrefixLists: listing({
    of: ID.prefixList,
    as: 'PrefixLists',
    view: awsListView,
    filters: 'prefix-list-id prefix-list-name',
    tagged: false,
    visible: isAws,
  }),
});

/** A list that AWS manages, with what is in it. */
function awsListView(row: PrefixListRow): PrefixList {
  return { PrefixListId: row.id, PrefixListName: row.fields.PrefixListName, Cidrs: [...cidrsOf(row)] };
}

function make(call: AwsCall, input: CreateManagedPrefixListRequest): PrefixListRow {
  const name = need(input.PrefixListName, 'prefixListName');
  checkPrefixListName(name);
  const addressFamily = need(input.AddressFamily, 'addressFamily');
  if (addressFamily !== 'IPv4' && addressFamily !== 'IPv6') {
    throw invalidMember('addressFamily', addressFamily, 'It must be IPv4 or IPv6.');
  }

  const maxEntries = need(input.MaxEntries, 'maxEntries');
  checkMaxEntries(maxEntries, call.quota('entries-per-prefix-list'));
  const entries = entriesFrom(input.Entries ?? [], addressFamily);
  checkRoom(entries.length, maxEntries);
  const own = [...call.state.ec2.prefixLists.values()].filter((list) => !isAws(list));
  checkQuota(call, 'prefix-lists', own.length, 'PrefixListLimitExceeded'); // [U]

  const row = newPrefixList(call.id('pl-'), {
    PrefixListName: name,
    OwnerId: call.account,
    AddressFamily: addressFamily,
    MaxEntries: maxEntries,
    entries,
    tags: tagsFrom(input.TagSpecifications, 'prefix-list'),
  });
  call.state.ec2.prefixLists.set(row.id, row);
  return row;
}

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
  const { fields } = row;
  const { MaxEntries } = fields;
  fields.MaxEntries = maxEntries;
  try {
    const { ec2 } = call.state;
    for (const id of prefixListUsers(ec2, row.id))
      checkRuleCount(
        call,
        rulesOf(ec2, id).map(({ fields }) => fields),
      );
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;

    Object.assign(fields, { MaxEntries, State: 'modify-failed', StateMessage: error.message });
  }
}

function newEntries(row: PrefixListRow, input: ModifyManagedPrefixListRequest): PrefixListEntryRow[] {
  if (input.CurrentVersion === undefined) throw missingParameter('currentVersion');

  checkVersion(row, input.CurrentVersion);
  const removed = (input.RemoveEntries ?? []).map(({ Cidr }) =>
    canonicalCidr(need(Cidr, 'cidr'), row.fields.AddressFamily),
  );
  const added = entriesFrom(input.AddEntries ?? [], row.fields.AddressFamily);
  checkCount(removed.length);
  const entries = new Map((entriesOf(row) ?? []).map((entry) => [entry.Cidr, entry]));
  for (const cidr of removed) {
    if (added.some((entry) => entry.Cidr === cidr)) {
      throw invalidValue(`The CIDR ${cidr} cannot be added and removed in one request.`); // [U]
    }
    if (!entries.delete(cidr)) throw invalidValue(`The CIDR ${cidr} is not in the prefix list ${row.id}.`); // [U]
  }
  // An existing entry gets its new description.
  for (const entry of added) entries.set(entry.Cidr, entry);
  checkRoom(entries.size, row.fields.MaxEntries);
  return [...entries.values()];
}
