import type { Readable, Writable } from 'node:stream';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { displayText } from '@postern/core/report';
import { untilInterrupted } from '../process/until-interrupted.js';
import type { Scope } from './scope.js';
import { createServer } from './server.js';

/** Where the messages of the protocol come from and go to: by default standard input and output. */
export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Serves both eras of the protocol until the input ends or the process is asked to end, and then until calls that run have
 * ended: an `apply` finishes its current step and records it. Returns the exit status.
 */
export async function serve(scope: Scope, streams?: Streams): Promise<number> {
  const running = new Set<Promise<unknown>>();
  const stop = new AbortController();
  const { input = process.stdin, output = process.stdout } = streams ?? {};
  let end = (): void => undefined;
  const ended = new Promise<undefined>((resolve) => {
    end = () => resolve(undefined);
  });
  class Transport extends StdioServerTransport {
    override async close(): Promise<void> {
      await super.close();
      end();
    }
  }
  const handle = serveStdio(() => createServer(scope, { running, signal: stop.signal }), {
    transport: new Transport(input, output),
    onerror: ({ message }) => scope.io.stderr.write(`note: ${displayText(message)}\n`),
  });
  const interrupted = await Promise.race([ended, untilInterrupted(scope.io)]);
  stop.abort();
  await handle.close();
  await Promise.allSettled(running);
  return interrupted?.exitCode ?? 0;
}
