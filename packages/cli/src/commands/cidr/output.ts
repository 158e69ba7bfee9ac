import { setImmediate } from 'node:timers/promises';
import type { Io } from '../../process/io.js';
import { LONGEST4, LONGEST6, writePrefix4, writePrefix6, type Columns } from '@postern/core/cidr';

/** Bytes that are written at once. */
const PIECE = 1 << 18;

/**
 * Fills `bytes` with the next part of the output, as far as it fits, and returns its length; 0 at the end.
 */
export type Fill = (bytes: Uint8Array) => number;

/**
 * Writes the output of `fill` to stdout in pieces, no faster than the reader reads. It stops when the reader
 * has closed the stream.
 * `longest` is the largest room in bytes that one call of `fill` may need.
 * @throws {Interrupted} when the process is asked to end, even while no reader reads.
 */
export async function writeOut(io: Io, fill: Fill, longest = 0): Promise<void> {
  const bytes = new Uint8Array(Math.max(PIECE, longest));
  const interrupted = new Promise<never>((_resolve, reject) => {
    io.signal.addEventListener('abort', () => reject(io.signal.reason as Error), { once: true });
  });
  interrupted.catch(() => undefined); // The caller that awaits it handles the error.
  for (let length = fill(bytes); length > 0; length = fill(bytes)) {
    if (!(await Promise.race([writeBytes(io, bytes.subarray(0, length)), interrupted]))) return;

    // A pipe that accepts everything at once would leave no turn for signals.
    await setImmediate();
    io.signal.throwIfAborted();
  }
}

async function writeBytes({ stdout }: Io, bytes: Uint8Array): Promise<boolean> {
  if (stdout.writeBytes) return stdout.writeBytes(bytes);

  stdout.write(new TextDecoder().decode(bytes));
  return true;
}

/** Several fills, one after the other. */
export function inTurn(fills: readonly Fill[]): Fill {
  let at = 0;
  return (bytes) => {
    for (; at < fills.length; at += 1) {
      const length = fills[at]?.(bytes) ?? 0;
      if (length > 0) return length;
    }
    return 0;
  };
}

/** A text as a whole. */
export function once(text: string): Fill {
  let rest = new TextEncoder().encode(text);
  return (bytes) => {
    const piece = rest.subarray(0, bytes.length);
    bytes.set(piece);
    rest = rest.subarray(piece.length);
    return piece.length;
  };
}

/** Writes ASCII text at `bytes[at]`. Returns the next free position. */
export function putText(bytes: Uint8Array, at: number, text: string): number {
  for (let index = 0; index < text.length; index += 1) bytes[at + index] = text.charCodeAt(index);
  return at + text.length;
}

/**
 * JSON in ASCII, on one line: what is beyond is escaped, so that nothing in it can drive a terminal or end a line. `##` begins
 * commands of CI systems anywhere in a line, so it is escaped, too. (The common `jsonText` would load the rest of core.)
 */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]|#(?=#)/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

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
