import { formatPrefix, overlaps, parsePrefix } from '../cidr/prefix.js';
import { InvalidInputError, UnsupportedError } from '../errors.js';
import type { Allowlist, AllowEntry, PortRange } from '../model/allowlist.js';
import {
  allowEntries,
  blockEntries,
  compareEntries,
  coversEntry,
  fullerFamily,
  MAX_ALLOW_ENTRIES,
} from '../allowlist/allow-entries.js';

/**
 * The entries that a list lacks so that it lets `cidrBlocks` through on `ports` (undefined: the cloud knows none); what a wider entry covers is not lacking.
 * @throws {InvalidInputError} `INVALID_PREFIX`, `ALLOWLIST_FULL`, `ALLOWLIST_INEFFECTIVE`. {UnsupportedError} for a list that is not ours.
 */
export function addedEntries(
  list: Allowlist,
  cidrBlocks: readonly string[],
  ports: readonly PortRange[] | undefined,
): readonly AllowEntry[] {
  const wanted = ports === undefined ? blockEntries(cidrBlocks) : allowEntries(cidrBlocks, ports);
  checkOwned(list);
  const [first] = list.wider;
  if (first !== undefined) {
    throw new InvalidInputError('ALLOWLIST_INEFFECTIVE', `the allowlist of ${list.linkId} has no effect: ${first}`, {
      remedy: 'Narrow or remove that rule: rules of several groups add up.',
      details: { rules: list.wider },
    });
  }
  const { missing } = compareEntries(wanted, list.entries);
  const added = missing.filter((entry) => !list.entries.some((there) => coversEntry(there, entry)));
  const total = fullerFamily([...list.entries, ...added]).length;
  if (ports !== undefined && total > MAX_ALLOW_ENTRIES) {
    throw new InvalidInputError(
      'ALLOWLIST_FULL',
      `the allowlist of ${list.linkId} would have ${total} rules, a security group holds ${MAX_ALLOW_ENTRIES}`,
      {
        remedy: 'Merge blocks into larger ones, or revoke some first.',
        details: { needed: total, limit: MAX_ALLOW_ENTRIES },
      },
    );
  }
  return added;
}

/**
 * The entries of a list that stand for `cidrBlocks`, whatever their ports. A block that is not on the list is no error.
 * @throws {InvalidInputError} `INVALID_PREFIX`; `CIDR_CONFLICT` where a larger block would keep one allowed, or a smaller one part of it.
 */
export function removedEntries(list: Allowlist, cidrBlocks: readonly string[]): readonly AllowEntry[] {
  const blocks = cidrBlocks.map(parsePrefix);
  checkOwned(list);
  const texts = new Set(blocks.map(formatPrefix));
  const removed = list.entries.filter(({ cidrBlock }) => texts.has(cidrBlock));
  const fixed = removed.find((entry) => entry.fixed === true);
  if (fixed !== undefined) {
    throw new UnsupportedError(
      `${fixed.cidrBlock} is a block of the link's own subnets: it stays for as long as ${list.linkId} does`,
      { remedy: 'Leave it out; what else is on the list can be revoked.' },
    );
  }
  for (const block of blocks) {
    const other = list.entries.find(
      ({ cidrBlock }) => !texts.has(cidrBlock) && overlaps(parsePrefix(cidrBlock), block),
    );
    if (other === undefined) continue;
    throw new InvalidInputError(
      'CIDR_CONFLICT',
      `${formatPrefix(block)} would stay allowed, wholly or in part: ${other.cidrBlock} is on the list of ${list.linkId}`,
      { remedy: `Revoke ${other.cidrBlock}, too, and allow what shall stay.` },
    );
  }
  return removed;
}

function checkOwned({ linkId, owned }: Allowlist): void {
  if (owned) return;
  throw new UnsupportedError(`link ${linkId} has no allowlist of this project, and cannot get one`, {
    remedy: 'Have the link made with an allowlist, even an empty one: its groups can never change.',
  });
}
