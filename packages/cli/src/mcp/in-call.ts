import type { ServerContext } from '@modelcontextprotocol/server';
import { isPosternError } from '@postern/core';
import { problemsOf } from '../errors/handle-error.js';
import { openCall, type Call, type Scope } from './scope.js';
import { plain, plainLines } from './untrusted.js';

/** The calls of a server that are in progress, and what ends all of them. */
export interface Running {
  readonly running: Set<Promise<unknown>>;
  readonly signal: AbortSignal;
}

/** Runs a call so that the server waits for it at its end, and so that the client can cancel it. */
export function inCall<T>(
  scope: Scope,
  { running, signal }: Running,
  ctx: ServerContext,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  const token = ctx.mcpReq._meta?.progressToken;
  let sent = 0;
  const progress = (message: string): void => {
    if (token === undefined || ctx.mcpReq.signal.aborted) return;
    sent += 1;
    const params = { progressToken: token, progress: sent, message: plain(message) };
    // A client that has gone needs no progress.
    ctx.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
  const done = work(openCall(scope, AbortSignal.any([signal, ctx.mcpReq.signal]), progress));
  running.add(done);
  void done.finally(() => running.delete(done)).catch(() => undefined);
  return done;
}

/** `error NOT_FOUND: …` and its remedy, as commands print it; of a spec all that was found. */
export function errorText(error: unknown, { shown }: Call): string {
  const problems = isPosternError(error)
    ? problemsOf(error).problems
    : [{ code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }];
  const lines = problems.flatMap(({ code, message, place, remedy }) => [
    `error ${code}: ${message}`,
    ...(place?.line === undefined ? [] : [`  line ${place.line}, column ${place.column ?? 1} of the spec`]),
    ...(remedy === undefined ? [] : [`  ${remedy}`]),
  ]);
  return plainLines(shown(lines.join('\n')));
}
