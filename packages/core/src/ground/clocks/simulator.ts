import { defined } from '../defined.js';
import { InvalidInputError, PosternError } from '../errors.js';
import { loopbackOrigin, type Simulator } from './simulator-address.js';
import { remoteClock, type RemoteTime } from './remote-clock.js';

type Answer = Awaited<ReturnType<typeof fetch>>;

/** Long: a busy machine may keep a simulator from answering. */
const ANSWER_WITHIN_MS = 30_000;

/**
 * The simulated clouds at an address of this machine, which `postern simulate` prints, with their clock:
 *
 * ```ts
 * const simulator = await simulatorAt('http://127.0.0.1:4010');
 * const gate = new PrivateIntegrations(aws({ region: 'eu-west-1', simulator }), { project: 'shop' });
 * ```
 *
 * Only loopback addresses are accepted, so that no real spec is sent to another host. The environment is not read.
 * @throws {InvalidInputError} `INVALID_INPUT` for any other address. {PosternError} `ENDPOINT_UNREACHABLE`,
 *   `BAD_RESPONSE`.
 */
export async function simulatorAt(address: string): Promise<Simulator> {
  const url = loopbackOrigin(address);
  if (url === undefined) {
    const whole = withScheme(address);
    const named =
      whole !== undefined
        ? 'the address lacks http://'
        : typeof address === 'string' && address !== ''
          ? 'the address is not one of this machine'
          : 'no address is given';
    throw new InvalidInputError('INVALID_INPUT', `simulatorAt: ${named}`, {
      place: { path: 'address' },
      details: { key: 'address' },
      remedy: whole === undefined ? 'Write it as in http://127.0.0.1:4010.' : `Write ${whole}.`,
    });
  }

  const read = () => readTime(url);
  const wait = (ms: number, signal: AbortSignal | undefined) => waitThere(url, ms, signal);
  return { url, clock: await remoteClock({ read, wait }) };
}

async function readTime(url: string): Promise<RemoteTime> {
  let answer: Answer;
  try {
    answer = await fetch(`${url}/_postern/clock`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), redirect: 'error' });
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    const message = isLate ? `the server at ${url} did not respond in 30 seconds` : `no server responds at ${url}`;
    throw new PosternError('ENDPOINT_UNREACHABLE', message, {
      cause: error,
      remedy: 'Start it with `postern simulate`, or leave the simulator out.',
    });
  }
  return timeIn(answer, url);
}

async function timeIn(answer: Answer, url: string): Promise<RemoteTime> {
  const body: unknown = await answer.json().catch(() => undefined);
  const { now, speed, auto } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const ms = typeof now === 'string' ? Date.parse(now) : now;
  if (answer.ok && typeof ms === 'number' && typeof speed === 'number') return { now: ms, speed, auto: auto === true };

  throw new PosternError('BAD_RESPONSE', `the server at ${url} is not a Postern simulator`, {
    remedy: 'Give the address that `postern simulate` prints. Another emulator is set as the endpoint of its cloud.',
  });
}

/** How often a wait is begun whose answer is lost: waiting too long changes nothing. */
const WAIT_TRIES = 3;

/** Waits on the simulator's own time, which advances while no other call is in progress. */
async function waitThere(url: string, ms: number, signal: AbortSignal | undefined): Promise<RemoteTime> {
  for (let left = WAIT_TRIES - 1; ; left -= 1) {
    try {
      const answer = await fetch(`${url}/_postern/sleep`, {
        method: 'POST',
        body: JSON.stringify({ ms }),
        redirect: 'error',
        ...defined({ signal }),
      });
      return await timeIn(answer, url);
    } catch (error) {
      if (signal?.aborted === true) throw error;
      if (left > 0) continue;
      if (error instanceof PosternError) throw error;

      throw new PosternError('ENDPOINT_UNREACHABLE', `the server at ${url} broke a wait off ${WAIT_TRIES} times`, {
        cause: error,
        remedy: 'Check that `postern simulate` still runs, and run the command again.',
      });
    }
  }
}

/** The address with `http://`, where only that is missing. */
function withScheme(address: string): string | undefined {
  if (typeof address !== 'string' || address.includes('//')) return undefined;

  const whole = `http://${address}`;
  return loopbackOrigin(whole) === undefined ? undefined : whole;
}
