import { InvalidInputError, PosternError, remoteClock, type Clock, type RemoteTime } from '@postern/core';
import type { Io } from '../process/io.js';

/** Where simulated clouds are, and their time. */
export interface Simulator {
  readonly url: string;
  readonly clock: Clock;
}

/** What is sent to a simulator instead of credentials, whatever the environment holds. */
export const THROW_AWAY_CREDENTIALS = { accessKeyId: 'AKIASIMULATOR', secretAccessKey: 'simulator' } as const;

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** Long: a busy machine may keep a simulator from answering. */
const ANSWER_WITHIN_MS = 30_000;

/**
 * The simulator that `POSTERN_SIMULATOR` names, if it is set. Only this machine's loopback addresses are
 * accepted, so that a forgotten variable cannot send real specs to another host. An empty value is refused:
 * a script whose own variable is unset would call the real cloud.
 * @throws {InvalidInputError} `INVALID_INPUT` for any other address, and for none. {PosternError}
 * `ENDPOINT_UNREACHABLE`, `BAD_RESPONSE`.
 */
export async function findSimulator(io: Io): Promise<Simulator | undefined> {
  const text = io.env['POSTERN_SIMULATOR'];
  if (text === undefined) return undefined;
  const url = loopbackUrl(text);
  io.stderr.write(`*** SIMULATOR: every call goes to ${url}, none to a cloud ***\n`);
  return {
    url,
    clock: await remoteClock({ read: () => readTime(url), wait: (ms, signal) => waitThere(url, ms, signal) }),
  };
}

/** The URL without its path. An error where its host is not this machine. */
function loopbackUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain =
    url?.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  if (!url || url.protocol !== 'http:' || !LOOPBACK.has(url.hostname) || !plain) {
    const whole = `http://${text}`;
    const lacksScheme = !text.includes('//') && URL.canParse(whole) && LOOPBACK.has(new URL(whole).hostname);
    const message =
      text === ''
        ? 'POSTERN_SIMULATOR is empty'
        : `POSTERN_SIMULATOR ${lacksScheme ? 'lacks http://' : 'is not an address of this machine'}`;
    const remedy = `Write ${lacksScheme ? whole : 'it as in http://127.0.0.1:4010'}, or unset it.`;
    throw new InvalidInputError('INVALID_INPUT', message, { remedy });
  }
  return url.origin;
}

async function readTime(url: string): Promise<RemoteTime> {
  let answer: Response;
  try {
    answer = await fetch(`${url}/_postern/clock`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), redirect: 'error' });
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    const message = isLate ? `the server at ${url} did not respond in 30 seconds` : `no server responds at ${url}`;
    throw new PosternError('ENDPOINT_UNREACHABLE', message, {
      cause: error,
      remedy: 'Start it with `postern simulate`, or unset POSTERN_SIMULATOR.',
    });
  }
  return timeIn(answer, url);
}

async function timeIn(answer: Response, url: string): Promise<RemoteTime> {
  const body: unknown = await answer.json().catch(() => undefined);
  const { now, speed, auto } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const ms = typeof now === 'string' ? Date.parse(now) : now;
  if (answer.ok && typeof ms === 'number' && typeof speed === 'number') return { now: ms, speed, auto: auto === true };
  throw new PosternError('BAD_RESPONSE', `the server at ${url} is not a Postern simulator`, {
    remedy: 'For another emulator of AWS set AWS_ENDPOINT_URL instead.',
  });
}

/** Waits on the simulator's own time, which advances while no other call is in progress. */
async function waitThere(url: string, ms: number, signal: AbortSignal | undefined): Promise<RemoteTime> {
  const answer = await fetch(`${url}/_postern/sleep`, {
    method: 'POST',
    body: JSON.stringify({ ms }),
    redirect: 'error',
    ...(signal === undefined ? {} : { signal }),
  });
  return timeIn(answer, url);
}
