import { jsonIn } from '@postern/core/internal/adapter';
import { randomUUID } from 'node:crypto';
import { PosternError, isPosternError, type ErrorCode } from '@postern/core/internal/library';
import { engineUrl } from './running-engine.js';
import { BROUGHT, type BroughtGoal, type BroughtKey } from '../brought/names.js';

/** The time of the engine, by the dates of its answers: clocks of workers may differ, and turns of calls are instants. */
export interface EngineTime {
  /** Notes an answer: when it was asked for and received on this machine, and its header `date`. */
  readonly note: (sentMs: number, receivedMs: number, date: string | null) => void;
  /** What has to be added to the clock of this machine, in milliseconds; 0 where no answer contradicts it. */
  readonly aheadMs: () => number;
  /** How far that may be from the truth, in milliseconds; 0 where no answer contradicts the clock of this machine. */
  readonly errorMs: () => number;
}

/** Dates of HTTP have whole seconds. */
const RESOLUTION_MS = 1_000;

/** Each answer limits the difference to a second; together they limit it to the time of a call. */
export function engineTime(): EngineTime {
  let [least, most] = [-Infinity, Infinity];
  return {
    note: (sentMs, receivedMs, date) => {
      const atMs = date === null ? Number.NaN : Date.parse(date);
      if (Number.isNaN(atMs)) return;

      const [low, high] = [atMs - receivedMs, atMs + RESOLUTION_MS - sentMs];
      const isSet = low > most || high < least; // one of the two clocks was set
      least = isSet ? low : Math.max(least, low);
      most = isSet ? high : Math.min(most, high);
    },
    aheadMs: () => Math.min(Math.max(0, least), most),
    errorMs: () => (least > 0 || most < 0 ? most - least : 0),
  };
}

/** Calls handlers of the services from outside of the engine. */
export interface Ingress {
  /** Calls a handler and returns its answer. It is repeated where the engine, not the handler, failed. */
  readonly call: <T>(service: Called, key: string, handler: string, input?: unknown) => Promise<T>;
  /** The same of a handler that must not be called twice, also where an answer is lost. */
  readonly callOnce: <T>(service: Called, key: string, handler: string, input?: unknown) => Promise<T>;
  /** See `EngineTime.aheadMs`. */
  readonly aheadMs: () => number;
  /** See `EngineTime.errorMs`. */
  readonly errorMs: () => number;
  /** Asks for the engine's time until it is known well enough, where it is not that of this machine. It takes a second. Throws where the engine does not answer. */
  readonly learnTime: () => Promise<void>;
  /** Whether a workflow has ended without an answer, because it was ended in the engine. */
  readonly isLost: (service: Called, key: string) => Promise<boolean>;
  /** Starts a handler. The same workflow twice is one. */
  readonly send: (service: Called, key: string, handler: string, input?: unknown) => Promise<void>;
}

/** The time of the engine is asked for at most so often, until it is known with this error, in milliseconds. */
const TIME_ASKED = 50;
const TIME_ERROR_MS = 50;

/** How often a call is tried while the engine does not answer, and the pauses between: short ones, since others wait for the turns of a call. */
const PAUSES_MS = [50, 100, 200, 400, 500, 500, 500, 500, 500, 500];

/** An answer takes as long as its handler; those that are called from outside never wait. */
const ANSWER_WITHIN_MS = 30_000;

/**
 * The ingress of an engine: `http://127.0.0.1:8080`. `withinMs`: no call takes longer; by default each of its attempts may take 30 seconds.
 * @throws {InvalidInputError} `INVALID_INPUT` where it is not a URL
 */
export function ingressAt(address: string, withinMs = Infinity): Ingress {
  const { url, headers } = engineUrl(address);
  const time = engineTime();
  const request = async (path: string, input: unknown, more: Readonly<Record<string, string>> = {}) => {
    const endMs = performance.now() + withinMs;
    for (let attempt = 0; ; attempt += 1) {
      const leftMs = endMs - performance.now();
      try {
        return await once(`${url}${path}`, input, { headers: { ...headers, ...more }, time, leftMs });
      } catch (error) {
        const pauseMs = PAUSES_MS[attempt];
        if (!isPosternError(error, 'ENDPOINT_UNREACHABLE') || pauseMs === undefined) throw error;
        if (performance.now() + pauseMs >= endMs) throw error;

        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  };
  const pathOf = (service: Called, key: string, handler: string): string =>
    `/${serviceName(service)}/${encodeURIComponent(key)}/${handler}`;
  return {
    aheadMs: time.aheadMs,
    errorMs: time.errorMs,
    learnTime: async () => {
      for (let asked = 0; asked < TIME_ASKED && (asked === 0 || time.errorMs() > TIME_ERROR_MS); asked += 1) {
        const sentMs = Date.now();
        const answer = await fetch(`${url}/restate/health`, { headers, signal: AbortSignal.timeout(2_000) });
        await answer.arrayBuffer();
        // A proxy before an engine that does not answer has a clock of its own.
        if (answer.status >= 500) throw unreachable(new URL(url).origin, new Error(`status ${answer.status}`));

        time.note(sentMs, Date.now(), answer.headers.get('date'));
        await new Promise((resolve) => setTimeout(resolve, TIME_ERROR_MS / 2));
      }
    },
    call: async <T>(service: Called, key: string, handler: string, input?: unknown) =>
      (await request(pathOf(service, key, handler), input)) as T,
    callOnce: async <T>(service: Called, key: string, handler: string, input?: unknown) =>
      (await request(pathOf(service, key, handler), input, { 'idempotency-key': randomUUID() })) as T,
    isLost: async (service, key) => {
      const path = `/restate/workflow/${serviceName(service)}/${encodeURIComponent(key)}/output`;
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const answer = await fetch(`${url}${path}`, { headers, signal }).catch(() => undefined);
      await answer?.arrayBuffer();
      return answer?.ok === false && answer.headers.get('x-restate-error-source') === 'invocation';
    },
    send: async (service, key, handler, input) => {
      await request(`${pathOf(service, key, handler)}/send`, input);
    },
  };
}

async function once(
  url: string,
  input: unknown,
  {
    headers: more,
    time,
    leftMs,
  }: { readonly headers: Readonly<Record<string, string>>; readonly time: EngineTime; readonly leftMs: number },
): Promise<unknown> {
  const sentMs = Date.now();
  const signal = AbortSignal.timeout(Math.min(ANSWER_WITHIN_MS, Math.ceil(leftMs)));
  let answer: Response;
  try {
    const body = JSON.stringify(input ?? null);
    const headers = { 'content-type': 'application/json', ...more };
    answer = await fetch(url, { method: 'POST', headers, body, signal });
  } catch (error) {
    throw unreachable(new URL(url).origin, error);
  }
  time.note(sentMs, Date.now(), answer.headers.get('date'));
  const text = await answer.text();
  if (answer.ok) return text === '' ? undefined : (JSON.parse(text) as unknown);

  // Since 1.7.4 the engine says whether it failed itself. What a handler answered is final.
  const isOfEngine = answer.headers.get('x-restate-error-source') !== 'invocation';
  if (isOfEngine && answer.status >= 500) throw unreachable(new URL(url).origin, new Error(text));

  throw handlerError(answer.status, text);
}

/** What a handler refused: its code and its sentences are in the message, as `refusal` of the services writes them. */
function handlerError(status: number, text: string): PosternError {
  const message = messageIn(text);
  const [, code, sentence] = /^([A-Z_]+): (.*)$/s.exec(message) ?? [];
  if (code !== undefined) return new PosternError(code as ErrorCode, sentence ?? message);

  return new PosternError(status === 404 ? 'NOT_FOUND' : 'BAD_RESPONSE', `the engine answered ${status}: ${message}`);
}

function messageIn(text: string): string {
  return String((jsonIn(text) as { readonly message?: unknown } | undefined)?.message ?? text);
}

/** The error where no engine answers. */
export function unreachable(url: string, cause: unknown): PosternError {
  return new PosternError('ENDPOINT_UNREACHABLE', `the engine at ${url} does not answer`, {
    cause,
    remedy: 'Start the server of Restate, or correct the address.',
  });
}

/** The services that workers offer to the engine. A key is made of the names that are given. */
export const SERVICE = {
  /** A run: its waves, one after the other. Key: the run. */
  run: 'postern-run',
  /** The state of a run, and the actions of users on it. Key: the run. */
  fleet: 'postern-fleet',
  /** The list of all runs. Key: `all`. */
  runs: 'postern-runs',
  /** A spec of a run: plan, approvals, units. Key: run, spec. */
  spec: 'postern-spec',
  /** The states of the units of a spec, and their events. Key: run, spec. */
  progress: 'postern-progress',
  /** A unit of a plan. Key: run, spec, unit. */
  unit: 'postern-unit',
  /** A move of gateways. Key: run, spec, unit. */
  move: 'postern-move',
  /** The moves that are open in an account and region. Key: provider, account, region. */
  moves: 'postern-moves',
  /** Turns, over all workers: of calls in an account and region, of writes to one gateway. Key: one of these. */
  pacer: 'postern-pace',
  /** What is kept of a watched spec over all rounds. Key: project, entry. */
  history: 'postern-history',
  /** The links of an account and region that are awaited. */
  watch: 'postern-watch',
} as const;

/** One of the services. Kinds of work that clouds bring have two, as moves have. */
export type ServiceId = keyof typeof SERVICE | BroughtGoal | BroughtKey;

/**
 * The services that end what they begin: their names have the version of the workers, so that the engine gives what a run begins to workers
 * of the version that the run began on, also where newer ones are registered. All versions share the others.
 */
export type VersionedId = 'spec' | 'unit' | 'move' | BroughtGoal;

/** All of them. */
export const VERSIONED: readonly VersionedId[] = ['spec', 'unit', 'move', ...BROUGHT.map(({ goal }) => goal)];

export type Called = Exclude<ServiceId, VersionedId> | readonly [service: VersionedId, version: string];

export function serviceName(called: Called): string {
  if (typeof called === 'string') return nameOf(called);

  const [service, version] = called;
  return `${nameOf(service)}-${version.replaceAll(/[^\w.-]/g, '-')}`;
}

/** The name of a service, without a version. */
export const nameOf = (service: ServiceId): string =>
  service in SERVICE ? SERVICE[service as keyof typeof SERVICE] : `postern-${service}`;

/** The key of several names; no two lists of names have the same. */
export const keyOf = (...names: readonly string[]): string => JSON.stringify(names);

/** The only key of `postern-runs`. */
export const ALL_RUNS = 'all';
