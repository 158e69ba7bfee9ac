import { mergeColumns, type Merged } from './columns/merge.js';
import { prefixAt } from './columns/columns.js';
import { notGiven } from './given.js';
import { WIDTH } from './ip-address.js';
import { blockAt, formatPrefix, contains, type Prefix } from './prefix.js';
import { readTexts } from './text/read-texts.js';
import type { Rows } from './text/rows.js';
import { comparePrefixes } from './range.js';

/**
 * The fewest blocks that cover exactly the addresses of `blocks`, sorted, IPv4 before IPv6, in canonical
 * form: `10.0.0.0/17`, `10.0.128.0/17` and `10.0.5.0/24` become `10.0.0.0/16`. For large numbers of blocks:
 * no object is created per block, and an unchanged text is the same string in the result.
 *
 * ```ts
 * merge(['10.0.0.0/25', '10.0.0.128/25']); // ['10.0.0.0/24']
 * ```
 *
 * @throws {InvalidInputError} `INVALID_PREFIX`, `INVALID_INPUT` where what is given has another form.
 */
export function merge(blocks: readonly (Prefix | string)[]): string[] {
  if (!Array.isArray(blocks)) throw notGiven(blocks, 'a list of blocks', "['10.0.0.0/16']");

  const { four, six } = readTexts(blocks);
  const fours = mergeColumns(four);
  const sixes = mergeColumns(six);
  // oxlint-disable-next-line no-new-array -- all of its room at once: arrays that grow are filled at half the speed
  const merged = new Array<string>(fours.count + sixes.count);
  put(four, fours, blocks, merged, 0);
  put(six, sixes, blocks, merged, fours.count);
  return merged;
}

/** Puts the blocks of one family into the result: the string that was given, where it is the one to give. */
function put(
  { exact, lines }: Rows,
  cover: Merged,
  blocks: readonly (Prefix | string)[],
  merged: string[],
  from: number,
): void {
  const { rows, count } = cover;
  // Two steps with one random memory access each are faster than one step with three.
  for (let at = 0; at < count; at += 1) {
    const row = rows[at] as number;
    rows[at] = row !== -1 && exact[row] === 1 ? (lines[row] as number) : -1;
  }
  for (let at = 0; at < count; at += 1) {
    const index = rows[at] as number;
    merged[from + at] = index === -1 ? formatPrefix(prefixAt(cover, at)) : (blocks[index] as string);
  }
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
    if (last && contains(last, prefix)) continue;

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
