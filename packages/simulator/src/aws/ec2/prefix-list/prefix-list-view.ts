import type { ManagedPrefixList, PrefixListState } from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/call.js';
import { ServiceError } from '../../operation/service-error.js';
import type { PrefixListEntryRow, PrefixListRow } from '../state.js';
import { getRow, ID } from '../request/ids.js';
import { tagList } from '../request/tags.js';

/** A managed prefix list as the API shows it. */
export function prefixListView(
  call: AwsCall,
  row: PrefixListRow,
  State: PrefixListState = row.state,
): ManagedPrefixList {
  return {
    PrefixListId: row.id,
    PrefixListArn: prefixListArn(call, row),
    PrefixListName: row.name,
    AddressFamily: row.addressFamily,
    State,
    StateMessage: row.stateMessage,
    // Lists that AWS manages show neither: their weight is in the documentation only.
    MaxEntries: isAws(row) ? undefined : row.maxEntries,
    Version: isAws(row) ? undefined : row.version,
    OwnerId: row.ownerId,
    Tags: tagList(row.tags),
  };
}

/** Whether AWS manages a list. */
export function isAws(row: PrefixListRow): boolean {
  return row.ownerId === 'AWS';
}

/** `arn:aws:ec2:us-east-1:111122223333:prefix-list/pl-…`; `aws` is the account of AWS's own. */
function prefixListArn(call: AwsCall, row: PrefixListRow): string {
  return `arn:${call.partition}:ec2:${call.region}:${isAws(row) ? 'aws' : row.ownerId}:prefix-list/${row.id}`;
}

/** The entries of a list now, or of one of its versions. */
export function entriesOf(
  row: PrefixListRow,
  version: number = row.version,
): readonly PrefixListEntryRow[] | undefined {
  return row.versions[version - 1];
}

/**
 * A list that the account may change.
 * @throws {ServiceError} `InvalidPrefixListID.NotFound`, `InvalidPrefixListId.Malformed`, `OperationNotPermitted`.
 */
export function ownPrefixList(call: AwsCall, id: string): PrefixListRow {
  const row = getRow(call.state.ec2.prefixLists, id, ID.prefixList);
  if (!isAws(row)) return row;
  throw new ServiceError('OperationNotPermitted', `The prefix list '${id}' is managed by AWS and cannot be changed.`); // [U]
}
