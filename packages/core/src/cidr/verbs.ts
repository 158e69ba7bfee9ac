import { contains as blockContains, placeFrom, type Prefix } from './prefix.js';
import { isBlock, setOf, type PrefixSet } from './prefix-set.js';
import type { Address } from './ip-address.js';

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
