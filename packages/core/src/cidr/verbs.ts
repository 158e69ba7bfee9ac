import { notGiven, WIDTH, type Address } from './ip-address.js';
import { blockAt, blockFrom, contains as blockContains, formatPrefix, placeFrom, type Prefix } from './prefix.js';
import { isBlock, setOf, type PrefixSet } from './prefix-set.js';
import { comparePrefixes } from './range.js';

/**
 * The fewest blocks that cover exactly the addresses of `blocks`, sorted, IPv4 before IPv6, in canonical
 * form: `10.0.0.0/17`, `10.0.128.0/17` and `10.0.5.0/24` become `10.0.0.0/16`.
 *
 * ```ts
 * merge(['10.0.0.0/25', '10.0.0.128/25']); // ['10.0.0.0/24']
 * ```
 *
 * @throws {InvalidInputError} `INVALID_PREFIX`, `INVALID_INPUT` where what is given has another form.
 */
export function merge(blocks: readonly (Prefix | string)[]): string[] {
  if (!Array.isArray(blocks)) throw notGiven(blocks, 'a list of blocks', "['10.0.0.0/16']");

  return minimalCover(blocks.map(blockFrom)).map(formatPrefix);
}

/**
 * The fewest blocks that cover exactly the addresses of `prefixes`, sorted: nested blocks are dropped, and
 * the two halves of a block are joined. `10.0.0.0/17`, `10.0.128.0/17` and `10.0.5.0/24` become
 * `10.0.0.0/16`.
 */
export function minimalCover(prefixes: readonly Prefix[]): readonly Prefix[] {
  const cover: Prefix[] = [];
  for (const prefix of prefixes.toSorted(comparePrefixes)) {
    const last = cover.at(-1);
    if (last && blockContains(last, prefix)) continue;

    let block = prefix;
    // A block that completes another may complete a third: 2, 4, 8 …
    for (let lower = cover.at(-1); lower && areHalves(lower, block); lower = cover.at(-1)) {
      cover.pop();
      block = blockAt(lower.address, lower.bits - 1);
    }
    cover.push(block);
  }
  return cover;
}

/** Whether `lower` and `upper` are the two halves of one block, in that order. */
function areHalves(lower: Prefix, upper: Prefix): boolean {
  if (lower.bits !== upper.bits || lower.bits === 0 || lower.address.family !== upper.address.family) return false;

  const half = 1n << BigInt(WIDTH[lower.address.family] - lower.bits);
  return upper.address.value === lower.address.value + half && (lower.address.value & half) === 0n;
}

/**
 * The fewest blocks that cover exactly the addresses of `blocks` that none of `minus` has, sorted, IPv4 before IPv6.
 *
 * ```ts
 * subtract(['10.1.0.0/16'], ['10.1.128.0/17']); // ['10.1.0.0/17']
 * ```
 *
 * @throws {InvalidInputError} `INVALID_PREFIX`, `INVALID_INPUT` where what is given has another form.
 */
export function subtract(
  blocks: Prefix | string | readonly (Prefix | string)[] | PrefixSet,
  minus: Prefix | string | readonly (Prefix | string)[] | PrefixSet,
): string[] {
  return setOf(blocks).subtract(setOf(minus)).prefixes().map(String);
}

/**
 * Whether a block, or the blocks of a list together, contain each address of `what`, a block or one address. Always false for
 * different families. {@link PrefixSet.containment} tells none from some.
 *
 * ```ts
 * contains('10.0.0.0/16', '10.0.3.7'); // true
 * contains(['10.0.0.0/17', '10.0.128.0/17'], '10.0.0.0/16'); // true
 * ```
 *
 * @throws {InvalidInputError} `INVALID_PREFIX`, `INVALID_ADDRESS`, `INVALID_INPUT`
 */
export function contains(
  set: Prefix | string | readonly (Prefix | string)[] | PrefixSet,
  what: Prefix | Address | string,
): boolean {
  if (typeof set !== 'string' && isBlock(set)) return blockContains(set, placeFrom(what));

  return setOf(set).has(what);
}
