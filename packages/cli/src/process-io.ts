import { Interrupted } from './interrupted.js';
import type { Io, Sink } from './io.js';

/** The {@link Io} of this process. The first SIGINT or SIGTERM lets the step under way end; the second ends at once. */
export function processIo(): Io {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const reason = new Interrupted(signal);
      // What was done is in the journal already, so nothing is lost by ending here.
      if (interrupted.signal.aborted) process.exit(reason.exitCode);
      interrupted.abort(reason);
    });
  }
  return {
    stdout: sink(() => process.stdout),
    stderr: sink(() => process.stderr),
    readStdin,
    get canAsk() {
      return process.stdin.isTTY && process.stderr.isTTY;
    },
    env: process.env,
    cwd: process.cwd(),
    signal: interrupted.signal,
  };
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Whoever reads may close the pipe (`| head`): the work goes on, its report is no longer wanted. */
function sink(of: () => NodeJS.WriteStream): Sink {
  let open = true;
  let stream: NodeJS.WriteStream | undefined;
  const opened = (): NodeJS.WriteStream => (stream ??= watch(of()));
  const watch = (fresh: NodeJS.WriteStream) =>
    fresh.on('error', (error: NodeJS.ErrnoException) => {
      open = false;
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') process.exitCode = 1;
    });
  return {
    write: (text) => {
      if (open) opened().write(text);
    },
    writeBytes: async (bytes) => {
      if (!open) return false;
      // The callback comes once the bytes have been taken, or the pipe was found to be closed.
      return new Promise((resolve) => void opened().write(bytes, (error) => resolve(!error && open)));
    },
    get isTerminal() {
      return opened().isTTY;
    },
    get columns() {
      return opened().isTTY ? opened().columns : undefined;
    },
  };
}
