import type { AddPrefixListEntry, ManagedPrefixList, PrefixListState } from '@aws-sdk/client-ec2';
import type { PrefixListRow, PrefixListEntryRow, Ec2State } from './state.js';
import type { TagRow } from '../state/given.js';
import type { Birthplace } from './birthplace.js';
import { ServiceError, type AwsCall } from '../operation/operation.js';
import { parseBlock, invalidMember, invalidValue, need } from './request/text-rules.js';
import { getRow, ID } from './request/ids.js';
import { arnOf, tagList } from './request/family.js';

interface ManagedList {
  /** The name, with the region's in place of `*`. */
  readonly name: string;
  readonly addressFamily: 'IPv4' | 'IPv6';
  /** The weight that the list has in a security group's or a route table's quota. */
  readonly maxEntries: number;
  /** Examples from the services' published ranges. The real lists change every week. */
  readonly cidrs: readonly string[];
}

/**
 * The lists that AWS manages in every region.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 */
const MANAGED: readonly ManagedList[] = [
  { name: 'com.amazonaws.*.s3', addressFamily: 'IPv4', maxEntries: 1, cidrs: ['52.216.0.0/15', '54.231.0.0/16'] },
  {
    name: 'com.amazonaws.*.dynamodb',
    addressFamily: 'IPv4',
    maxEntries: 1,
    cidrs: ['52.94.0.0/22', '52.119.224.0/20'],
  },
  { name: 'com.amazonaws.*.s3express', addressFamily: 'IPv4', maxEntries: 6, cidrs: ['16.15.192.0/18'] },
  { name: 'com.amazonaws.*.vpc-lattice', addressFamily: 'IPv4', maxEntries: 10, cidrs: ['169.254.171.0/24'] },
  { name: 'com.amazonaws.*.ipv6.vpc-lattice', addressFamily: 'IPv6', maxEntries: 10, cidrs: ['fd00:ec2:80::/64'] },
  {
    name: 'com.amazonaws.*.ec2-instance-connect',
    addressFamily: 'IPv4',
    maxEntries: 2,
    cidrs: ['18.206.107.24/29'],
  },
  {
    name: 'com.amazonaws.global.cloudfront.origin-facing',
    addressFamily: 'IPv4',
    maxEntries: 55,
    cidrs: ['120.52.22.96/27', '130.176.0.0/17', '205.251.249.0/24'],
  },
  { name: 'com.amazonaws.global.groundstation', addressFamily: 'IPv4', maxEntries: 5, cidrs: ['15.248.68.0/22'] },
];

type NewPrefixList = Pick<PrefixListRow['fields'], 'PrefixListName' | 'OwnerId' | 'AddressFamily' | 'MaxEntries'> & {
  readonly entries: PrefixListEntryRow[];
  readonly tags?: TagRow;
};

/** A list in its first version. */
export function newPrefixList(id: string, { entries, tags = {}, ...given }: NewPrefixList): PrefixListRow {
  return { id, fields: { ...given, Version: 1, State: 'create-complete' }, versions: [entries], tags };
}

/** Makes the lists that AWS manages. Their ids have eight digits, as the old ones of S3 do. */
export function newManagedPrefixLists(place: Birthplace): void {
  for (const { name, addressFamily, maxEntries, cidrs } of MANAGED) {
    const row = newPrefixList(`pl-${place.id('').slice(0, 8)}`, {
      PrefixListName: name.replace('*', place.region),
      OwnerId: 'AWS',
      AddressFamily: addressFamily,
      MaxEntries: maxEntries,
      entries: cidrs.map((Cidr) => ({ Cidr })),
    });
    place.ec2.prefixLists.set(row.id, row);
  }
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html (Entries: 100 at a time) */
const MOST_AT_ONCE = 100;
const LONGEST_DESCRIPTION = 255;

/**
 * The entries that a request adds, in canonical form.
 * @throws {ServiceError} `InvalidParameterValue`.
 */
export function entriesFrom(entries: readonly AddPrefixListEntry[], addressFamily: string): PrefixListEntryRow[] {
  checkCount(entries.length);
  const rows = entries.map(({ Cidr, Description }) => {
    if ((Description ?? '').length > LONGEST_DESCRIPTION) {
      throw invalidValue(`The description must not be longer than ${LONGEST_DESCRIPTION} characters.`);
    }

    return { Cidr: canonicalCidr(need(Cidr, 'cidr'), addressFamily), Description };
  });
  if (new Set(rows.map((row) => row.Cidr)).size < rows.length) {
    throw invalidValue('The same CIDR must not appear multiple times'); // [U]
  }

  return rows;
}

/** How many entries one request may add or remove. @throws {ServiceError} `InvalidParameterValue`. */
export function checkCount(count: number): void {
  if (count > MOST_AT_ONCE) throw invalidValue(`A request may not contain more than ${MOST_AT_ONCE} entries.`); // [U]
}

/** A block of the list's family. @throws {ServiceError} `InvalidParameterValue`. */
export function canonicalCidr(text: string, addressFamily: string): string {
  const block = parseBlock(text);
  if (block?.family === (addressFamily === 'IPv4' ? 4 : 6)) return block.text;

  throw invalidMember('cidr', text, `This is not a valid ${addressFamily} CIDR block.`);
}

/** @throws {ServiceError} `PrefixListMaxEntriesExceeded`. */
export function checkRoom(count: number, maxEntries: number): void {
  if (count <= maxEntries) return;

  throw new ServiceError(
    'PrefixListMaxEntriesExceeded',
    `You've reached the maximum number of entries for the prefix list: ${maxEntries}.`, // [U] sentence
  );
}

/** The room that a list may have. @throws {ServiceError} `InvalidParameterValue`. */
export function checkMaxEntries(maxEntries: number, most: number): void {
  if (maxEntries >= 1 && maxEntries <= most) return;

  throw invalidMember('maxEntries', maxEntries, `It must be between 1 and ${most}.`);
}

/** @throws {ServiceError} `InvalidParameterValue` for names that only AWS may give. */
export function checkPrefixListName(name: string): void {
  if (name.length > 255) throw invalidMember('prefixListName', name, 'It must not be longer than 255 characters.');
  if (name.startsWith('com.amazonaws')) {
    throw invalidMember('prefixListName', name, 'The name cannot start with com.amazonaws.');
  }
}

/** The ids of the security groups and route tables that refer to a prefix list. */
export function prefixListUsers(ec2: Ec2State, id: string): string[] {
  const users = new Set<string>();
  for (const rule of ec2.securityGroupRules.values()) if (rule.fields.PrefixListId === id) users.add(rule.groupId);
  for (const table of ec2.routeTables.values()) {
    if (table.routes.some((route) => route.destination === id)) users.add(table.id);
  }
  return [...users];
}

/** Changes are refused unless they were made from the list's current version. @throws {ServiceError} `PrefixListVersionMismatch`. */
export function checkVersion(row: PrefixListRow, version: number): void {
  if (version === row.fields.Version) return;

  throw new ServiceError(
    'PrefixListVersionMismatch',
    `The specified prefix list version ${version} does not match the current version ${row.fields.Version}.`, // [U] sentence
  );
}

/** What EC2 answers where a list has no such version. */
export function versionNotFound(id: string, version: number): ServiceError {
  return new ServiceError(
    'InvalidPrefixListVersion.NotFound',
    `Version ${version} of prefix list ${id} does not exist.`,
  ); // [U]
}

/** A managed prefix list as the API shows it. */
export function prefixListView(
  call: AwsCall,
  row: PrefixListRow,
  State: PrefixListState | undefined = row.fields.State,
): ManagedPrefixList {
  return {
    PrefixListId: row.id,
    PrefixListArn: arnOf(call, row.id, isAws(row) ? 'aws' : row.fields.OwnerId),
    ...row.fields,
    State,
    // Lists that AWS manages show neither: their weight is in the documentation only.
    ...(isAws(row) && { MaxEntries: undefined, Version: undefined }),
    Tags: tagList(row.tags),
  };
}

/** Whether AWS manages a list. */
export function isAws(row: PrefixListRow): boolean {
  return row.fields.OwnerId === 'AWS';
}

/** The entries of a list now, or of one of its versions. */
export function entriesOf(
  row: PrefixListRow,
  version: number = row.fields.Version,
): readonly PrefixListEntryRow[] | undefined {
  return row.versions[version - 1];
}

/** The blocks in a list now; none where the list does not exist. */
export function cidrsOf(row: PrefixListRow | undefined): readonly string[] {
  return row ? (entriesOf(row) ?? []).map(({ Cidr }) => Cidr) : [];
}

/**
 * A list that the account may change.
 * @throws {ServiceError} `InvalidPrefixListID.NotFound`, `InvalidPrefixListId.Malformed`, `OperationNotPermitted`.
 */
export function ownPrefixList(call: AwsCall, id: string): PrefixListRow {
  const row = getRow(call.state.ec2, ID.prefixList, id);
  if (!isAws(row)) return row;

  throw new ServiceError('OperationNotPermitted', `The prefix list '${id}' is managed by AWS and cannot be changed.`); // [U]
}
