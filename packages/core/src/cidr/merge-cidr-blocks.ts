import { mergeSorted, type Merged } from './columns/merge.js';
import { prefixAt } from './columns/columns.js';
import { sortColumns } from './columns/sort.js';
import { formatPrefix, parsePrefix } from './prefix.js';
import { read4Text } from './text/read4-text.js';
import { read6 } from './text/read6.js';
import { RowStore } from './text/rows.js';

/** The longest text of a block is 43 characters; the readers look further. */
const LONGEST = 64;

/**
 * The fewest blocks that cover exactly the addresses of `cidrBlocks`, sorted, IPv4 before IPv6, in canonical form: `10.0.0.0/17`,
 * `10.0.128.0/17` and `10.0.5.0/24` come to `10.0.0.0/16`. For very many of them: no object is made for any, and a text that comes out
 * as it went in is the same string.
 * @throws {InvalidInputError} `INVALID_PREFIX`, as {@link parsePrefix}.
 */
export function mergeCidrBlocks(cidrBlocks: readonly string[]): string[] {
  const four = new RowStore(4, cidrBlocks.length);
  const six = new RowStore(6, 0);
  const scratch = new Uint8Array(LONGEST * 2);
  for (let index = 0; index < cidrBlocks.length; index += 1) {
    const text = cidrBlocks[index] as string;
    const { length } = text;
    if (length > LONGEST) parsePrefix(text);
    if (read4Text(text, four.count, four.starts, four.bits)) {
      four.exact[four.count] = 1;
      four.lines[four.count] = index;
      four.count += 1;
      continue;
    }
    let codes = 0;
    for (let at = 0; at < length; at += 1) {
      const code = text.charCodeAt(at);
      codes |= code;
      scratch[at] = code;
    }
    scratch[length] = 0;
    scratch[length + 1] = 0;
    if (codes > 127) parsePrefix(text);
    if (six.count === six.room) six.grow(cidrBlocks.length - index);
    const end = read6(scratch, 0, six.count, six.starts, six.bits, six.exact);
    // It may also be a bare address, which is no block.
    if (end !== length || six.exact[six.count] === 0) parsePrefix(text);
    six.lines[six.count] = index;
    six.count += 1;
  }
  const covers = [four, six].map((store) => ({ store, cover: mergeSorted(sortColumns(store.rows())) }));
  const merged: string[] = [];
  merged.length = covers.reduce((sum, { cover }) => sum + cover.count, 0);
  let at = 0;
  for (const { store, cover } of covers) {
    put(store, cover, cidrBlocks, merged, at);
    at += cover.count;
  }
  return merged;
}

/** Puts the blocks of one family into the result: the string that was given, where it is the one to give. */
function put(
  { exact, lines }: RowStore<4 | 6>,
  cover: Merged,
  cidrBlocks: readonly string[],
  merged: string[],
  from: number,
): void {
  for (let at = 0; at < cover.count; at += 1) {
    const row = cover.rows[at] as number;
    const isKept = row !== -1 && exact[row] === 1;
    merged[from + at] = isKept ? (cidrBlocks[lines[row] as number] as string) : formatPrefix(prefixAt(cover, at));
  }
}
