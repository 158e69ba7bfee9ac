import { contains, formatPrefix, overlaps, parsePrefix } from '../../cidr/prefix.js';
import { InvalidInputError, UnsupportedError } from '../../ground/errors.js';
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
 * The entries to add to a list to allow `cidrBlocks` on `ports` (undefined: the cloud has none). Blocks that
 * a wider entry covers need none.
 * @throws {InvalidInputError} `INVALID_PREFIX`, `ALLOWLIST_FULL`, `ALLOWLIST_INEFFECTIVE`. {UnsupportedError}
 *   for an unmanaged list.
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
      `the allowlist of ${list.linkId} would have ${total} rules, but a security group holds ${MAX_ALLOW_ENTRIES}`,
      {
        remedy: 'Merge blocks into larger ones, or revoke some first.',
        details: { needed: total, limit: MAX_ALLOW_ENTRIES },
      },
    );
  }
  return added;
}

/**
 * The entries of a list that match `cidrBlocks`, on any ports. Entries inside of one stay: they were added by themselves, and
 * calls need them. A block that is not on the list does not cause an error.
 * @throws {InvalidInputError} `INVALID_PREFIX`; `CIDR_CONFLICT` where a larger block would keep one allowed, or where one
 *   is not on the list and a smaller block keeps part of it allowed. `force` removes an entry beside a larger one.
 */
export function removedEntries(
  list: Allowlist,
  cidrBlocks: readonly string[],
  force: boolean | undefined,
): readonly AllowEntry[] {
  const blocks = cidrBlocks.map(parsePrefix);
  checkOwned(list);
  const texts = new Set(blocks.map(formatPrefix));
  const removed = list.entries.filter(({ cidrBlock }) => texts.has(cidrBlock));
  const fixed = removed.find((entry) => entry.fixed === true);
  if (fixed !== undefined) {
    throw new UnsupportedError(
      `${fixed.cidrBlock} is a block of the link's own subnets: it stays as long as ${list.linkId} exists`,
      { remedy: 'Leave it out; the other entries can be revoked.' },
    );
  }
  for (const block of blocks) {
    const isListed = removed.some(({ cidrBlock }) => cidrBlock === formatPrefix(block));
    const other = list.entries.find(({ cidrBlock }) => {
      const one = parsePrefix(cidrBlock);
      return !texts.has(cidrBlock) && overlaps(one, block) && !(isListed && contains(block, one));
    });
    if (other === undefined) continue;
    const isWider = contains(parsePrefix(other.cidrBlock), block);
    if (force === true && isListed && isWider) continue;
    throw new InvalidInputError(
      'CIDR_CONFLICT',
      `${formatPrefix(block)} would stay allowed, ${isWider ? 'fully' : 'partly'}: ${other.cidrBlock} is on the list of ${list.linkId}`,
      {
        remedy: isWider
          ? `First allow the blocks that must stay, then also revoke ${other.cidrBlock}.${isListed ? ' Or use --revoke-needed (`force` in a program) to remove this entry alone.' : ''}`
          : `Revoke the blocks that are on the list, such as ${other.cidrBlock}.`,
      },
    );
  }
  return removed;
}

/** @throws {UnsupportedError} for an unmanaged list */
export function checkOwned({ linkId, owned }: Allowlist): void {
  if (owned) return;
  throw new UnsupportedError(`link ${linkId} has no allowlist of this project, and none can be added`, {
    remedy: 'Create the link with an allowlist, even an empty one: its security groups cannot be changed.',
  });
}
