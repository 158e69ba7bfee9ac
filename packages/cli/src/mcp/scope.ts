import { stat } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { onAbort } from '@postern/core/internal/adapter';
import type { CommonOptions } from '../invocation.js';
import { hidingIo, type Io } from '../process/io.js';
import type { Elsewhere } from '@postern/core/internal/plan';
import { loadSpec, type LoadedSpec } from '../spec/load-spec.js';
import { takeSnapshot, type Taken } from '../snapshot/take-snapshot.js';
import { shownPlans, type ShownPlans } from './plans.js';
import type { ServerContext } from '@modelcontextprotocol/server';
import { InvalidInputError, isPosternError, thrownText } from '@postern/core/internal/library';
import { problemsOf } from '../errors/handle-error.js';
import { plain } from './answers.js';
import type { mcp } from '../commands/machine/grammar.js';
import type { OptionsOf } from '../grammar/options.js';

/** What a server is started with. Calls cannot change it: they name things of the spec, not files. */
export type ScopeOptions = CommonOptions & OptionsOf<typeof mcp>;

/** One server: its files and options, and what it has shown. */
export interface Scope {
  readonly io: Io;
  /** The spec as it was named. */
  readonly file: string | undefined;
  readonly options: ScopeOptions;
  readonly plans: ShownPlans;
  /** The report of the last `check`, as JSON. */
  readonly report: { last?: string };
}

/** @param now milliseconds of a clock that never goes back, for the expiry of plans */
export function openScope(
  io: Io,
  file: string | undefined,
  options: ScopeOptions,
  now: () => number = () => performance.now(),
): Scope {
  return { io, file, options, plans: shownPlans(now), report: {} };
}

/** What one call of a tool works with. */
export interface Call {
  readonly scope: Scope;
  /** The process, without its standard output. It hides the values of variables of the spec that the call reads. */
  readonly io: Io;
  /** Text without the values of variables of the spec. What answers show goes through it, and so do questions. */
  readonly shown: (text: string) => string;
  /** Tells the client about a call that takes long. Does nothing where the client did not ask for it. */
  readonly progress: (message: string) => void;
}

/** @param signal aborted when the client cancels the call, or the server ends */
function openCall(scope: Scope, signal: AbortSignal, progress: Call['progress']): Call {
  const { io } = scope;
  const silent: Io = {
    stdout: { write: () => undefined, isTerminal: false },
    stderr: {
      // Without values already: `hidingIo` is in front of it.
      write: (text) => {
        io.stderr.write(text);
        if (text.startsWith('note: ')) progress(text.slice('note: '.length).trimEnd());
      },
      isTerminal: false,
    },
    canAsk: false,
    env: io.env,
    cwd: io.cwd,
    signal,
  };
  const hiding = hidingIo(silent, false);
  const shown = hiding.shown ?? ((text: string) => text);
  return {
    scope,
    shown,
    progress: (message) => progress(shown(message)),
    io: { ...hiding, spec: io.spec, clouds: io.clouds },
  };
}

/**
 * Refuses pipes and devices: each call reads the files of the server again, and would wait for what has been read.
 * @throws {InvalidInputError} `FILE_UNREADABLE`
 */
export async function requireFiles({ io, file, options }: Pick<Scope, 'io' | 'file' | 'options'>): Promise<void> {
  for (const name of [file, options.snapshot, options.terraform]) {
    const found = name === undefined ? undefined : await stat(path.resolve(io.cwd, name)).catch(() => undefined);
    if (name === undefined || found === undefined || found.isFile() || found.isDirectory()) continue;

    throw new InvalidInputError('FILE_UNREADABLE', `${name}: it is not a regular file, and every call reads it again`, {
      remedy: 'Write its content to a file, and name that.',
    });
  }
}

/** The spec as its file is now. @throws what `loadSpec` throws */
export async function specOf({ scope, io }: Call): Promise<LoadedSpec> {
  await requireFiles(scope);
  const { file, options } = scope;
  return loadSpec(file, io, options);
}

/** The state of what a spec names: from the snapshot of the server, else from the clouds. */
export function snapshotOf({ scope, io }: Call, spec: LoadedSpec['spec'], elsewhere?: Elsewhere): Promise<Taken> {
  const { snapshot, profile, debug } = scope.options;
  return takeSnapshot(io, spec, { snapshot, profile, debug, elsewhere });
}

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
  // Not `AbortSignal.any`: what listens to that is kept as long as the process.
  const own = new AbortController();
  const stops = [scope.io.signal, signal, ctx.mcpReq.signal].map((one) => onAbort(one, () => own.abort(one.reason)));
  const done = work(openCall(scope, own.signal, progress)).finally(() => {
    for (const stop of stops) stop();
    running.delete(done);
  });
  running.add(done);
  void done.catch(() => undefined);
  return done;
}

/** `error NOT_FOUND: …` and its remedy, as commands print it; of a spec all that was found. */
export function errorLines(error: unknown, { shown }: Call): readonly string[] {
  const problems = isPosternError(error)
    ? problemsOf(error).problems
    : [{ code: 'INTERNAL', message: thrownText(error) }];
  const lines = problems.flatMap(({ code, message, place, remedy }) => [
    `error ${code}: ${message}`,
    ...(place?.line === undefined ? [] : [`  line ${place.line}, column ${place.column ?? 1} of the spec`]),
    ...(remedy === undefined ? [] : [`  ${remedy}`]),
  ]);
  return lines.map(shown);
}
