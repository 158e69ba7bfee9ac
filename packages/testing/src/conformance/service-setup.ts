import type { SendToService, Clock, Driver } from '@postern/core/internal/adapter';
import type { ConformanceSetup, Fault, FaultPoint } from './setup.js';

/** A simulated service in the process of the suite, and the driver in front of it. */
export interface SimulatedService {
  readonly send: SendToService;
  readonly clock: Clock;
  /** The driver whose calls go through `send`. */
  readonly driver: (send: SendToService) => Driver;
  /** The operation behind each point at which a call can fail. A point that is not named has no call on this cloud. */
  readonly points: Readonly<Partial<Record<FaultPoint, string>>>;
  /** How the service refuses a call. */
  readonly refusals: Readonly<Record<'throttle' | 'error' | 'deny' | 'expired', Awaited<ReturnType<SendToService>>>>;
  /** Whether an operation changes nothing. */
  readonly isRead: (operation: string) => boolean;
}

type Rule = Fault & { readonly operation: string; after: number; times: number };

/**
 * The parts of a setup that follow from a service which is called by one function: its faults, processes that are killed, and the number of
 * calls. The service itself needs no faults of its own. Lists do not lag behind: `stale` has no effect.
 */
export function serviceSetup({ send, clock, driver, points, refusals, isRead }: SimulatedService) {
  let rules: Rule[] = [];
  let calls = 0;
  const faulty: SendToService = async (operation, input) => {
    calls += 1;
    const rule = rules.find((each) => each.operation === operation && each.times > 0);
    const isDue = rule !== undefined && (rule.after -= 1) < 0;
    if (isDue) rule.times -= 1;
    const { kind, ms } = isDue ? rule : {};
    if (kind === 'reset') throw broken();

    if (kind === 'slow') await new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());
    if (kind === 'html') return { status: 200, text: '<html>Sign in</html>' };
    if (kind !== undefined && Object.hasOwn(refusals, kind)) return refusals[kind as keyof typeof refusals];

    const answer = await send(operation, input);
    if (kind === 'lost') throw broken();

    return kind === 'truncate' ? { ...answer, text: answer.text.slice(0, answer.text.length / 2) } : answer;
  };

  return {
    driver: driver(faulty),
    clock,
    process: (at = Infinity, when = 'after') => driver(killed(faulty, isRead, at, when)),
    calls: () => calls,
    faults: {
      add: (point, { kind, after = 0, times = Infinity, ms }) => {
        const operation = points[point];
        if (operation !== undefined) rules.push({ operation, kind, after, times, ms });
      },
      clear: () => {
        rules = [];
      },
    },
  } satisfies Omit<ConformanceSetup, 'world'>;
}

/** Time that passes in waits alone: each wait ends at once. Give it to the simulated service as well. */
export function waitingClock(startMs: number = Date.UTC(2026, 0, 1)): Clock {
  let now = startMs;
  return {
    now: () => now,
    monotonicMs: () => now,
    sleep: (ms, signal) => {
      if (signal?.aborted) return Promise.reject(signal.reason as Error);

      now += ms;
      return Promise.resolve();
    },
  };
}

/** The calls of a process that is killed at its write number `at`: before the service carries it out, or before its answer arrives. */
function killed(
  send: SendToService,
  isRead: SimulatedService['isRead'],
  at: number,
  when: 'before' | 'after',
): SendToService {
  let writes = 0;
  return async (operation, input) => {
    if (!isRead(operation)) writes += 1;
    const isLast = writes === at && !isRead(operation);
    if (writes > at || (isLast && when === 'before')) throw new Error(`killed in ${operation}`);

    const answer = await send(operation, input);
    if (!isLast) return answer;

    writes = Infinity;
    throw new Error(`killed in ${operation}`);
  };
}

function broken(): Error {
  return Object.assign(new Error('the connection broke'), { code: 'ECONNRESET' });
}
