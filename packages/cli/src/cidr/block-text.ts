import { LONGEST4, LONGEST6, writePrefix4, writePrefix6, type Columns } from '@postern/core/cidr';
import { putText, type Fill } from './byte-output.js';

/** A block with the characters around it needs no more bytes. */
export const LONGEST = Math.max(LONGEST4, LONGEST6);

/** Writes the block in a row. Returns the next free position. */
export function putBlock(bytes: Uint8Array, at: number, columns: Columns, row: number): number {
  const { family, starts, bits } = columns;
  return family === 4
    ? writePrefix4(bytes, at, starts[row] ?? 0, bits[row] ?? 0)
    : writePrefix6(bytes, at, starts, row * 4, bits[row] ?? 0);
}

/** Blocks, a line each. */
export function blockLines(columns: Columns): Fill {
  return blocks(columns, (bytes, at, row) => {
    const next = putBlock(bytes, at, columns, row);
    bytes[next] = 0x0a;
    return next + 1;
  });
}

/** Blocks as members of a list in JSON. `isFirst` where no member precedes them. */
export function blockMembers(columns: Columns, isFirst: boolean): Fill {
  return blocks(columns, (bytes, at, row) => {
    let next = putText(bytes, at, row === 0 && isFirst ? '"' : ',"');
    next = putBlock(bytes, next, columns, row);
    bytes[next] = 0x22;
    return next + 1;
  });
}

/** Rows one after the other, as many as fit. */
function blocks({ count }: Columns, put: (bytes: Uint8Array, at: number, row: number) => number): Fill {
  let row = 0;
  return (bytes) => {
    let at = 0;
    for (; row < count && at + LONGEST + 4 <= bytes.length; row += 1) at = put(bytes, at, row);
    return at;
  };
}
