import type { AddPrefixListEntry } from '@aws-sdk/client-ec2';
import { ServiceError } from '../../operation/service-error.js';
import type { PrefixListEntryRow } from '../state.js';
import { parseBlock } from '../request/cidr.js';
import { invalidMember, invalidValue, need } from '../request/errors.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html (Entries: 100 at a time) */
const MOST_AT_ONCE = 100;
const LONGEST_DESCRIPTION = 255;

/**
 * The entries that a request adds, in canonical form.
 * @throws {ServiceError} `InvalidParameterValue`.
 */
export function entriesFrom(
  entries: readonly AddPrefixListEntry[],
  addressFamily: 'IPv4' | 'IPv6',
): PrefixListEntryRow[] {
  checkCount(entries.length);
  const rows = entries.map(({ Cidr, Description }) => {
    if ((Description ?? '').length > LONGEST_DESCRIPTION) {
      throw invalidValue(`The description must not be longer than ${LONGEST_DESCRIPTION} characters.`);
    }
    return { cidr: canonicalCidr(need(Cidr, 'cidr'), addressFamily), description: Description };
  });
  if (new Set(rows.map((row) => row.cidr)).size < rows.length) {
    throw invalidValue('The same CIDR must not appear multiple times'); // [U]
  }
  return rows;
}

/** How many entries one request may add or remove. @throws {ServiceError} `InvalidParameterValue`. */
export function checkCount(count: number): void {
  if (count > MOST_AT_ONCE) throw invalidValue(`A request may not contain more than ${MOST_AT_ONCE} entries.`); // [U]
}

/** A block of the list's family. @throws {ServiceError} `InvalidParameterValue`. */
export function canonicalCidr(text: string, addressFamily: 'IPv4' | 'IPv6'): string {
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
