import type { Readable } from 'node:stream';
import { Interrupted } from './interruption.js';

/** What a question on a terminal needs of it. */
interface Terminal {
  readonly input: Readable;
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
}

/**
 * The answer to a question on the terminal. Undefined: its input ended, by Ctrl+D or because the terminal was closed, which prompts do not
 * notice. @throws {Interrupted} on Ctrl+C
 */
export async function answered<T>(
  ask: (terminal: Terminal) => Promise<T>,
  input: Readable = process.stdin,
): Promise<Exclude<T, symbol> | undefined> {
  const { isCancel } = await import('@clack/prompts');
  if (input.destroyed || input.readableEnded) return undefined;

  const ended = new AbortController();
  const end = (): void => ended.abort();
  const onKey = (_: unknown, key?: { readonly name?: string; readonly ctrl?: boolean }): unknown =>
    key?.ctrl === true && key.name === 'd' ? end() : undefined;
  input.on('keypress', onKey).once('end', end).once('close', end);
  try {
    const answer = await ask({ input, output: process.stderr, signal: ended.signal });
    if (!isCancel(answer)) return answer as Exclude<T, symbol>;
    if (ended.signal.aborted) return undefined;

    throw new Interrupted('SIGINT');
  } finally {
    input.off('keypress', onKey).off('end', end).off('close', end);
  }
}
