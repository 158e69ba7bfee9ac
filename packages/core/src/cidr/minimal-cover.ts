import { WIDTH } from './address.js';
import { contains, type Prefix } from './prefix.js';
import { comparePrefixes } from './relation.js';

/**
 * The fewest blocks that cover exactly the addresses of `prefixes`, sorted: nested blocks are dropped, and
 * the two halves of a block are joined. `10.0.0.0/17`, `10.0.128.0/17` and `10.0.5.0/24` become
 * `10.0.0.0/16`.
 */
export function minimalCover(prefixes: readonly Prefix[]): readonly Prefix[] {
  const cover: Prefix[] = [];
  for (const prefix of prefixes.toSorted(comparePrefixes)) {
    const last = cover.at(-1);
    if (last && contains(last, prefix)) continue;
    let block = prefix;
    // A block that completes another may complete a third: 2, 4, 8 …
    for (let lower = cover.at(-1); lower && areHalves(lower, block); lower = cover.at(-1)) {
      cover.pop();
      block = { address: lower.address, bits: lower.bits - 1 };
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
