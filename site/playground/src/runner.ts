import type { Answer, Request } from './answer.js';
import { tookTooLong } from './limits.js';
import type { Ask, Told } from './worker.js';

/** A worker that was started. */
export interface Running {
  readonly send: (ask: Ask) => void;
  readonly end: () => void;
}

/** Starts a worker. `told` is called with what it answers, `failed` where it cannot run. */
export type Start = (told: (told: Told) => void, failed: (why: string) => void) => Running;

export interface Runner {
  /** Answers a request; one that is asked while another is answered waits, and replaces one that waits. Undefined where it was replaced. */
  readonly ask: (request: Request) => Promise<Answer | undefined>;
  readonly schema: () => Promise<object | undefined>;
}

interface Waiting {
  readonly ask: Ask;
  readonly end: (told: Told | undefined) => void;
}

/** Asks a worker. One that does not answer in time is ended, and the next request gets a new one. */
export function createRunner(start: Start, timeMs: number): Runner {
  let running: Running | undefined;
  let current: (Waiting & { readonly timer: ReturnType<typeof setTimeout> }) | undefined;
  let queue: readonly Waiting[] = [];
  let ids = 0;

  const finish = (told: Told): void => {
    if (current === undefined || told.id !== current.ask.id) return;
    clearTimeout(current.timer);
    const { end } = current;
    current = undefined;
    end(told);
    sendNext();
  };
  const fail = (sentence: string): void => {
    running?.end();
    running = undefined;
    const id = current?.ask.id ?? 0;
    finish({ id, answer: { sentence, tone: 'invalid', lines: [], marks: [] } });
  };
  const sendNext = (): void => {
    const [next, ...others] = queue;
    if (current !== undefined || next === undefined) return;
    queue = others;
    current = { ...next, timer: setTimeout(() => fail(tookTooLong(timeMs)), timeMs) };
    running ??= start(finish, (why) => fail(`The playground could not run: ${why}.`));
    running.send(next.ask);
  };

  const told = (ask: Ask): Promise<Told | undefined> =>
    new Promise((end) => {
      const isRequest = (one: Waiting) => 'request' in one.ask;
      if ('request' in ask) for (const one of queue.filter(isRequest)) one.end(undefined);
      queue = [...queue.filter((one) => !('request' in ask && isRequest(one))), { ask, end }];
      sendNext();
    });

  return {
    ask: async (request) => {
      const answered = await told({ id: ++ids, request });
      return answered !== undefined && 'answer' in answered ? answered.answer : undefined;
    },
    schema: async () => {
      const answered = await told({ id: ++ids, schema: true });
      return answered !== undefined && 'schema' in answered ? answered.schema : undefined;
    },
  };
}
