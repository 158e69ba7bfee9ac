import { fstatSync, writeSync } from 'node:fs';
import { Interrupted } from './interruption.js';
import type { Io, Sink } from './io.js';
import { ProgramWaits } from './program-waits.js';

/**
 * The {@link Io} of this process. After the first SIGINT, SIGTERM or SIGHUP the current step may end. The
 * second one ends the process at once.
 */
export function nodeIo(): Io {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const reason = new Interrupted(signal);
      // What was done is in the journal already, so nothing is lost by ending here.
      if (interrupted.signal.aborted) process.exit(reason.exitCode);
      interrupted.abort(reason);
    });
  }
  // A write over the limit of a file's size (`ulimit -f`) fails with EFBIG, and is reported. Without a handler, the
  // one of signal-exit, which listr2 brings, would end the process.
  if (process.platform !== 'win32') process.on('SIGXFSZ', () => undefined);
  let input: Promise<Uint8Array> | undefined;
  const stderr = sink(
    2,
    () => process.stderr,
    () => undefined,
  );
  const own = Object.getOwnPropertyDescriptor(process, 'stdout');
  Object.defineProperty(process, 'stdout', { configurable: true, get: () => process.stderr });
  const stdout = sink(
    1,
    () => own?.get?.call(process) as NodeJS.WriteStream,
    (why) =>
      // The module that prints errors is not loaded at this point.
      stderr.write(
        `error FILE_UNWRITABLE: standard output: ${why}\n  Free space at its destination, and run the command again: the output is not complete.\n`,
      ),
  );
  return {
    stdout,
    stderr,
    // A second reader gets what the first one read.
    readStdin: () => (input ??= readStdin(interrupted.signal)),
    get canAsk() {
      return process.stdin.isTTY && process.stderr.isTTY;
    },
    env: process.env,
    cwd: process.cwd(),
    signal: interrupted.signal,
    waits: new ProgramWaits(),
  };
}

async function readStdin(signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const stop = (): void => void process.stdin.destroy(signal.reason as Error);
  signal.addEventListener('abort', stop);
  try {
    for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
  return Buffer.concat(chunks);
}

/**
 * The reader may close the pipe (`| head`). The work continues, and its report is discarded. Loading Node's streams
 * takes a tenth of the time of a check. Where the descriptor is not a terminal, a short text is written without them.
 */
function sink(descriptor: 1 | 2, of: () => NodeJS.WriteStream, report: (why: string) => void): Sink {
  let open = true;
  let stream: NodeJS.WriteStream | undefined;
  let room: number | undefined;
  const opened = (): NodeJS.WriteStream => (stream ??= watch(of()));
  const failed = (error: unknown): void => {
    open = false;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return;

    report(message);
    // The exit status is 1 whatever the command returns: its report was not delivered.
    process.once('exit', () => {
      process.exitCode = 1;
    });
  };
  const watch = (fresh: NodeJS.WriteStream) => fresh.on('error', failed);
  return {
    stream: opened,
    write: (text) => {
      if (!open) return;

      let rest: string | Uint8Array = text;
      if (stream === undefined && text.length <= (room ??= isPlain(descriptor) ? PIPE_BYTES : 0)) {
        const bytes = Buffer.from(text);
        if (bytes.length <= room) {
          room -= bytes.length;
          try {
            rest = writeNow(descriptor, bytes);
          } catch (error) {
            return failed(error);
          }
        }
      }
      if (rest.length > 0) opened().write(rest);
    },
    writeBytes: async (bytes) => {
      if (!open) return false;

      // The callback is called once the bytes were accepted, or the pipe was found to be closed.
      return new Promise((resolve) => void opened().write(bytes, (error) => resolve(!error && open)));
    },
    get isTerminal() {
      return !isPlain(descriptor) && opened().isTTY;
    },
    get columns() {
      // A terminal of unknown size reports 0.
      return (this.isTerminal && opened().columns) || undefined;
    },
  };
}

/**
 * The bytes that a pipe of the system holds before a writer has to wait for the reader. While it waits, no
 * signal is handled.
 * @see https://man7.org/linux/man-pages/man7/pipe.7.html (Pipe capacity)
 */
const PIPE_BYTES = (process.platform === 'linux' ? 64 : 16) * 1024;

/** Whether the descriptor is certain to be a file or a pipe to another program. */
function isPlain(descriptor: number): boolean {
  try {
    // As bigints: the figures of a plain fstat stay where Node looks when it resolves links, which it then no longer does for modules.
    // https://github.com/nodejs/node/issues/51142
    const stats = fstatSync(descriptor, { bigint: true });
    return process.platform !== 'win32' && (stats.isFile() || stats.isFIFO() || stats.isSocket());
  } catch {
    return false;
  }
}

/** Answers with what could not be written without waiting. */
function writeNow(descriptor: number, bytes: Uint8Array): Uint8Array {
  let rest = bytes;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
  return rest;
}
