import { setImmediate as turn } from 'node:timers/promises';
import type { FaultRule } from '../world/faults.js';
import type { WireAnswer } from '../wire.js';
import type { World } from '../world/world.js';

const HTML = '<html>\n<head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body>\n</html>\n';

/** Real milliseconds for which a write over HTTP holds its gateway before it is answered. */
const HOLD_MS = 3;

type Pending = Pick<Outcome<unknown>, 'fault' | 'release'>;

/** A response on the wire: with the effect of its fault, and what the call holds until it is answered. */
export function answerOverWire(answer: WireAnswer, { fault, release }: Pending): WireAnswer {
  const faulted = applyFault(answer, fault);
  return release ? { ...faulted, delayMs: (faulted.delayMs ?? 0) + HOLD_MS, onAnswered: release } : faulted;
}

/**
 * The steps in this process between an outcome and its response: `end` marks that the cloud is done,
 * `suffered` applies the fault as the client would report it, and the holds of the call are released.
 */
export async function answerInProcess(
  { fault, release }: Pending,
  end: () => void,
  suffered: (fault: FaultRule) => Promise<void>,
): Promise<void> {
  try {
    if (fault) {
      end(); // what is left happens on the way, and a slow way may be waited out
      await suffered(fault);
    }
    if (release) await turn(); // a write in the same turn of the event loop collides
  } finally {
    release?.();
  }
}

/** Lets a fault have its way with an answer. */
function applyFault(answer: WireAnswer, fault: FaultRule | undefined): WireAnswer {
  switch (fault?.kind) {
    case 'reset':
    case 'lost':
      return { ...answer, broken: 'dropped' };
    case 'slow':
      return { ...answer, delayMs: fault.ms ?? 1000 };
    case 'html':
      return { status: fault.status ?? 502, headers: { 'content-type': 'text/html' }, body: HTML };
    case 'truncate':
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
    default:
      return answer;
  }
}

/** What a fault does in this process: waits, or the error that an HTTP client throws. */
export async function suffer(world: World, fault: FaultRule | undefined): Promise<void> {
  switch (fault?.kind) {
    case 'slow':
      return world.sleep(fault.ms ?? 1000);
    case 'reset':
    case 'lost':
      throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    case 'html':
      throw new SyntaxError('Unexpected token \'<\', "<html>..." is not valid JSON');
    case 'truncate':
      throw new SyntaxError('Unexpected end of JSON input');
    default:
  }
}

/**
 * The result of a call. Its entry point turns this into a response. `E` is the cloud's own kind of error.
 */
export interface Outcome<E> {
  /** What the operation answered, if it did. */
  readonly output: unknown;
  readonly error: E | undefined;
  readonly status: number;
  /** The fault in the answer. */
  readonly fault: FaultRule | undefined;
  /** A write holds its gateway until this is called; `undefined` when it holds none. */
  readonly release: (() => void) | undefined;
}

/** The result of an operation, before there is a status. */
export type Result<E> = Pick<Outcome<E>, 'output' | 'error' | 'release'>;

/**
 * The HTTP status of a call without an error of the service's: the fault's, or the usual one. 0: no response
 * was sent.
 */
export function statusUnder(fault: FaultRule | undefined, usual = 200): number {
  if (fault?.kind === 'reset') return fault.status ?? 0;

  return fault?.kind === 'html' ? (fault.status ?? 502) : usual;
}
