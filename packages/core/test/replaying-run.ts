import type { CallContext } from '../src/ground/calls/call-context.js';
import { lanes, type Run, type Runs, type StepAttempt } from '../src/do/apply/run.js';
import { linkWatches } from '../src/do/apply/link-watch.js';
import type { Json } from '../src/ground/json.js';

/** One operation of a unit. `answer` is set after it was recorded. */
interface Entry {
  readonly op: 'step' | 'sleep' | 'until' | 'result';
  readonly key: string;
  /** Of a sleep: when it ends. */
  readonly wakeMs?: number;
  answer?: Json;
}

/** When the process is killed: as the operation begins, or after its effect and before its answer is recorded. */
export interface Kill {
  /** Which operation, counted from 0 in the order in which they begin without a recorded answer. */
  readonly at: number;
  readonly when: 'before' | 'after';
}

/**
 * A second implementation of `Run`, as a durable engine works: the operations of a unit are recorded in order, with their answers. After a
 * kill another process starts, in which every unit begins at its first line and gets the recorded answers. It is strict: a unit
 * that runs another operation than before, that runs two at once, or whose effect sleeps, fails.
 */
export class ReplayingEngine {
  /** Operations that began without a recorded answer, by unit and key; repeated only after a kill. */
  readonly begun: string[] = [];
  /** Effects that began although their answer was recorded. There must be none. */
  readonly repeated: string[] = [];
  readonly #logs = new Map<string, Entry[]>();
  readonly #context: CallContext;
  readonly #effects: CallContext;

  /** `effectsMaySleep`: for an adapter that waits inside its operations. */
  constructor(context: CallContext, effectsMaySleep = false) {
    this.#context = context;
    this.#effects = effectsMaySleep ? context : withoutSleep(context);
  }

  /** One process. `died` resolves when it is killed; after that none of its operations has an effect or an answer. */
  process(kill?: Kill): { readonly runs: Runs; readonly died: Promise<'died'> } {
    let die: () => void = () => undefined;
    const process = {
      isDead: false,
      died: new Promise<'died'>((resolve) => {
        die = () => {
          process.isDead = true;
          resolve('died');
        };
      }),
    };
    const never = new Promise<never>(() => undefined);
    const live = async <T>(entry: Entry, unit: string, effect: () => Promise<T>): Promise<T> => {
      if (process.isDead) return never;
      const index = this.begun.length;
      this.begun.push(`${unit} ${entry.key}`);
      const dies = kill?.at === index ? kill.when : undefined;
      if (dies === 'before') die();
      if (process.isDead) return never;
      if ('answer' in entry) this.repeated.push(`${unit} ${entry.key}`);
      const answer = await effect();
      if (dies === 'after') die();
      if (process.isDead) return never;
      // Answers are recorded as JSON, and the recorded value is returned.
      const text = JSON.stringify(answer ?? null);
      entry.answer = JSON.parse(text) as Json;
      return JSON.parse(text) as T;
    };
    const { clock } = this.#context;
    const exclusives = lanes();
    const watches = linkWatches(() => ({
      step: (_id, effect) => (process.isDead ? never : effect(this.#context, { again: false })),
      sleep: (_id, ms) => clock.sleep(ms),
    }));
    const runs: Runs = ({ id: unit }, { driver, account }, result) => {
      const log = this.#logs.get(unit) ?? [];
      this.#logs.set(unit, log);
      let position = 0;
      let isBusy = false;
      /** The entry of the next operation, and whether it began before. */
      const next = (op: Entry['op'], key: string, wakeMs?: number): { entry: Entry; again: boolean } => {
        const there = log[position];
        const entry: Entry = there ?? { op, key, ...(wakeMs === undefined ? {} : { wakeMs }) };
        if (entry.op !== op || entry.key !== key) {
          throw new Error(`${unit}: ${op} ${key} was asked for when ${entry.op} ${entry.key} was recorded`);
        }
        if (there === undefined && log.some((other) => other.key === key && other.op === op)) {
          throw new Error(`${unit}: ${op} ${key} is not unique`);
        }
        log[position] = entry;
        position += 1;
        return { entry, again: there !== undefined };
      };
      const alone = async <T>(work: () => Promise<T>): Promise<T> => {
        if (isBusy) throw new Error(`${unit}: two things at once`);
        isBusy = true;
        try {
          return await work();
        } finally {
          isBusy = false;
        }
      };
      const run: Run = {
        unit,
        step: (id, effect: (ctx: CallContext, attempt: StepAttempt) => Promise<any>, { part, exclusive } = {}) =>
          alone(async () => {
            const { entry, again } = next('step', part === undefined ? id : `${id} (${part})`);
            if ('answer' in entry) return entry.answer;
            return exclusives.run(exclusive, () => live(entry, unit, () => effect(this.#effects, { again })));
          }),
        sleep: (id, ms) =>
          alone(async () => {
            const { entry } = next('sleep', id, clock.now() + ms);
            if ('answer' in entry) return;
            await live(entry, unit, () => clock.sleep(Math.max(0, (entry.wakeMs ?? 0) - clock.now())));
          }),
        until: (id, wait) =>
          alone(async () => {
            const { entry } = next('until', id);
            if ('answer' in entry) return entry.answer as any;
            return live(entry, unit, () => watches(driver, account).until(wait));
          }),
        result: (id) =>
          alone(async () => {
            next('result', id);
            return result(id); // every unit runs again, so it is requested again
          }),
        slot: () => Promise.resolve(),
        decision: () => Promise.reject(new Error('nothing is asked here')),
      };
      return run;
    };
    return { runs, died: process.died };
  }
}

function withoutSleep(context: CallContext): CallContext {
  const sleep = (): Promise<void> => Promise.reject(new Error('an effect must not sleep'));
  return { ...context, clock: { ...context.clock, sleep } };
}
