import type { ServerContext } from '@modelcontextprotocol/server';
import { isPosternError } from '@postern/core';
import { problemsOf } from '../errors/handle-error.js';
import { openCall, type Call, type Scope } from './scope.js';
import { plainLines } from './untrusted.js';

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
  let last = 0;
  const progress: Call['progress'] = (message, done, total) => {
    if (token === undefined || ctx.mcpReq.signal.aborted) return;
    last = Math.max(last + 1, done ?? 0);
    const params = { progressToken: token, progress: last, message: plainLines(message), ...(total && { total }) };
    // A client that has gone needs no progress.
    ctx.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
  const done = work(openCall(scope, AbortSignal.any([signal, ctx.mcpReq.signal]), progress));
  running.add(done);
  void done.finally(() => running.delete(done)).catch(() => undefined);
  return done;
}

/** `error NOT_FOUND: …` and its remedy, as commands print it; of a spec all that was found. */
export function errorText(error: unknown, { io }: Call): string {
  const problems = isPosternError(error)
    ? problemsOf(error).problems
    : [{ code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }];
  const lines = problems.flatMap(({ code, message, place, remedy }) => [
    `error ${code}: ${message}`,
    ...(place?.line === undefined ? [] : [`  line ${place.line}, column ${place.column ?? 1} of the spec`]),
    ...(remedy === undefined ? [] : [`  ${remedy}`]),
  ]);
  return plainLines(io.shown?.(lines.join('\n')) ?? lines.join('\n'));
}
