import { setImmediate } from 'node:timers/promises';
import type { Io } from '../../process/io.js';

/** Characters that are written at once. */
const PIECE = 1 << 18;

/**
 * Writes texts to stdout in pieces, no faster than the reader reads. It stops when the reader has closed the stream.
 * @throws {Interrupted} when the process is asked to end, even while no reader reads.
 */
export async function writeOut(io: Io, texts: Iterable<string>): Promise<void> {
  const interrupted = new Promise<never>((_resolve, reject) => {
    io.signal.addEventListener('abort', () => reject(io.signal.reason as Error), { once: true });
  });
  interrupted.catch(() => undefined); // The caller that awaits it handles the error.
  for (const piece of pieces(texts)) {
    if (!(await Promise.race([write(io, piece), interrupted]))) return;

    // A pipe that accepts everything at once would leave no turn for signals.
    await setImmediate();
    io.signal.throwIfAborted();
  }
}

function* pieces(texts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < PIECE) continue;

    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

async function write({ stdout }: Io, text: string): Promise<boolean> {
  if (stdout.writeBytes) return stdout.writeBytes(new TextEncoder().encode(text));

  stdout.write(text);
  return true;
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

/** A document that ends with a list, which is written as it is found. */
export function* jsonDocument(head: object, list: string, members: Iterable<unknown>): Generator<string> {
  let between = `${asciiJson(head).slice(0, -1)},"${list}":[`;
  for (const member of members) {
    yield `${between}${asciiJson(member)}`;
    between = ',';
  }
  yield between === ',' ? ']}\n' : `${between}]}\n`;
}
