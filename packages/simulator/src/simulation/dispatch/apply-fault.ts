import { setImmediate as turn } from 'node:timers/promises';
import type { FaultRule } from '../world/faults.js';
import type { Outcome } from './outcome.js';
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
