import type { Readable, Writable } from 'node:stream';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { displayText } from '@postern/core/report';
import { untilInterrupted } from '../process/until-interrupted.js';
import { AnsweringTransport } from './answering-transport.js';
import type { Scope } from './scope.js';
import { createServer } from './server.js';

/** Where the messages of the protocol come from and go to: by default standard input and output. */
export interface Streams {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Serves both eras of the protocol until the input ends or the process is asked to end, and then until calls that run have
 * ended: an `apply` finishes its current step and records it. Where the input ends, calls are answered. Returns the exit status.
 */
export async function serve(scope: Scope, streams?: Streams): Promise<number> {
  const running = new Set<Promise<unknown>>();
  const stop = new AbortController();
  const { input = process.stdin, output = process.stdout } = streams ?? {};
  let end = (): void => undefined;
  const ended = new Promise<undefined>((resolve) => {
    end = () => resolve(undefined);
  });
  const transport = new AnsweringTransport(input, output, {
    // An apply without a client finishes its current step only. Tools that read continue, and are answered.
    onEnding: (tools) => void (tools.includes('apply') && stop.abort()),
    onClosed: () => end(),
  });
  const handle = serveStdio(() => createServer(scope, { running, signal: stop.signal }), {
    transport,
    onerror: ({ message }) => scope.io.stderr.write(`note: ${displayText(message)}\n`),
  });
  const interrupted = await Promise.race([ended, untilInterrupted(scope.io)]);
  stop.abort();
  transport.hurry();
  await handle.close();
  await Promise.allSettled(running);
  return interrupted?.exitCode ?? 0;
}
