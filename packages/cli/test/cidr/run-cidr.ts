import os from 'node:os';
import type { Io } from '../../src/process/io.js';
import { main } from '../../src/main.js';
import type { Ran } from '../run-command.js';

/** Runs `postern cidr` in this process, with bytes on standard input. */
export async function cidr(argv: readonly string[], stdin: string | Uint8Array = '', cwd = os.tmpdir()): Promise<Ran> {
  const chunks: Uint8Array[] = [];
  let out = '';
  let err = '';
  const io: Io = {
    stdout: {
      write: (text) => void (out += text),
      writeBytes: (bytes) => {
        chunks.push(bytes.slice());
        return Promise.resolve(true);
      },
      isTerminal: false,
    },
    stderr: { write: (text) => void (err += text), isTerminal: false },
    readStdin: () => Promise.resolve(typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin),
    canAsk: false,
    env: {},
    cwd,
    signal: new AbortController().signal,
  };
  return { status: await main(['cidr', ...argv], io), out: Buffer.concat(chunks).toString() + out, err };
}
