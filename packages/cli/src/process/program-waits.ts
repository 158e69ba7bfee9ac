import type { ErrorCode } from '@postern/core/internal/library';

/** So much of the processor a program may use without a pause, in milliseconds. Meanwhile no timer is due and no signal is handled. */
const MOST_BUSY_MS = 15_000;
const BEAT_MS = 1_000;
/** Ends what runs, where a program is waited for and the beats stop. */
const WATCHER = `
  const { beats, mostMs, beatMs } = require('node:worker_threads').workerData;
  const usedMs = () => Object.values(process.cpuUsage()).reduce((a, b) => a + b) / 1000;
  for (let [seen, from] = [-1, 0]; ; Atomics.wait(beats, 0, beats[0], beatMs)) {
    if (beats[0] !== seen) [seen, from] = [beats[0], usedMs()];
    if (beats[1] === 0 || beats[2] === 1 || usedMs() - from < mostMs) continue;

    const session = new (require('node:inspector').Session)();
    session.connectToMainThread();
    beats[2] = 1;
    session.post('Runtime.terminateExecution');
  }
`;

/** What is waited for, and the code of the error where it never comes. */
export interface ProgramWait {
  /** `cloud.ts to be loaded`: what follows "waits for". */
  readonly what: string;
  readonly code: ErrorCode;
}

/**
 * What a command waits for of the programs that users bring: until they are loaded, and until a function of their drivers has
 * answered. Nothing says that a promise of theirs is ever settled.
 */
export class ProgramWaits {
  readonly #open = new Set<ProgramWait>();
  readonly #beats = new Int32Array(new SharedArrayBuffer(12));
  #isWatched = false;

  /** Whether a program ran for too long, and was stopped. */
  get wasBusy(): boolean {
    return this.#beats[2] === 1;
  }

  /** From now on `open` has it, until the returned function is called. */
  begin({ what, code }: ProgramWait): () => void {
    const wait = { what, code };
    this.#open.add(wait);
    Atomics.add(this.#beats, 0, 1); // what ran before is not the program's
    this.#beats[1] = this.#open.size;
    if (!this.#isWatched) this.#watch();
    return () => {
      this.#open.delete(wait);
      this.#beats[1] = this.#open.size;
    };
  }

  #watch(): void {
    this.#isWatched = true;
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const beat = (): void => {
      Atomics.add(this.#beats, 0, 1);
      Atomics.notify(this.#beats, 0);
      if (this.wasBusy) process.exit();
    };
    setInterval(beat, BEAT_MS).unref();
    const workerData = { beats: this.#beats, mostMs: MOST_BUSY_MS, beatMs: BEAT_MS };
    new Worker(WATCHER, { eval: true, workerData }).unref();
  }

  /** What is waited for now, in the order in which it began. */
  open(): readonly ProgramWait[] {
    return [...this.#open];
  }
}

/** What a program of a user runs in: what stops it, and where it is said that it is waited for. */
export interface ProgramRun {
  readonly signal?: AbortSignal | undefined;
  readonly waits?: ProgramWaits | undefined;
}

/** Does `work`; meanwhile `waits` has it. */
export async function waitDuring<T>(
  waits: ProgramWaits | undefined,
  wait: ProgramWait,
  work: () => T | Promise<T>,
): Promise<T> {
  const end = waits?.begin(wait);
  try {
    return await work();
  } finally {
    end?.();
  }
}
