import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import tty from 'node:tty';

/**
 * Pipes and terminals on the event loop. In Node's thread pool, where files are opened and read, a call that waits for the other end
 * of a pipe cannot be stopped: no signal is answered, and the process cannot even exit.
 */

/** Opens a pipe or a terminal for reading; undefined for another device. The stream ends with an error when `signal` is aborted. */
export function openPipe(file: string, signal: AbortSignal | undefined): Readable | undefined {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  if (tty.isatty(fd)) return new tty.ReadStream(fd, { signal } as object);

  try {
    return new Socket({ fd, readable: true, writable: false, signal });
  } catch {
    closeSync(fd); // ERR_INVALID_FD_TYPE
    return undefined;
  }
}

/** How often to look whether a pipe has a reader. */
const READER_EVERY_MS = 50;

/** Waits until a pipe has a reader, as a shell does, and writes to it. */
export async function writePipe(
  file: string,
  text: string | Iterable<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (;;) {
    try {
      const fd = openSync(file, constants.O_WRONLY | constants.O_NONBLOCK);
      const socket = new Socket({ fd, readable: false, writable: true });
      await pipeline(Readable.from(typeof text === 'string' ? [text] : text), socket, { signal });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    }
    await setTimeout(READER_EVERY_MS, undefined, { signal });
  }
}
