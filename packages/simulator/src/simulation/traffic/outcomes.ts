/** What became of a call to a gateway, in one word. */
export const OUTCOMES = [
  'delivered',
  'no-route',
  'no-stage',
  'throttled',
  'unauthorized',
  'no-integration',
  'link-missing',
  'link-pending',
  'link-inactive',
  'link-failed',
  'unreachable',
  'no-listener',
  'no-healthy-target',
  'timeout',
  'reset',
  'too-large',
  'gone',
] as const;

/** One of {@link OUTCOMES}. */
export type Outcome = (typeof OUTCOMES)[number];

/** Outcomes of calls that no private integration would have delivered, however correct it is. */
const NOT_LOST: ReadonlySet<Outcome> = new Set([
  'delivered',
  'throttled',
  'unauthorized',
  'no-route',
  'no-stage',
  'too-large',
]);

/** Whether a correct private integration would have delivered the call. */
export function isLost(outcome: Outcome): boolean {
  return !NOT_LOST.has(outcome);
}

/** Draws which branch a call takes: its number. */
export type Draw = () => number;

/** Answers which branch is taken where a call may go on in several ways. */
export type Fork = (draw: Draw) => number;

/** A result of {@link Decisions.during}, and for how long it holds. */
export interface Judged<T> {
  readonly result: T;
  /** From this moment on it may be another; simulated milliseconds since the epoch. */
  readonly until: number;
}

/** What decides how a call ends, beside the state of the clouds: chance and time. Data paths report both when a call meets them. */
export class Decisions {
  #fork: Fork | undefined;
  #until = Infinity;

  /** The branch that a call takes. */
  take(draw: Draw): number {
    return this.#fork === undefined ? draw() : this.#fork(draw);
  }

  /** The call may end in another way at this moment, in simulated milliseconds since the epoch, and later. */
  changeAt(ms: number): void {
    if (ms < this.#until) this.#until = ms;
  }

  /** The next call may end in another way: calls are counted, or differ by what they carry. */
  differByCall(): void {
    this.#until = -Infinity;
  }

  /** Judges a call whose branches `fork` decides. */
  during<T>(fork: Fork, judge: () => T): Judged<T> {
    this.#fork = fork;
    this.#until = Infinity;
    try {
      const result = judge();
      return { result, until: this.#until };
    } finally {
      this.#fork = undefined;
    }
  }
}

/** Draws one of several branches in proportion to their weights; the last one where no weight is above 0. */
export function drawOf(weights: readonly number[], random: () => number): Draw {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const last = weights.length - 1;
  return () => {
    let left = random() * total;
    for (let at = 0; at < last; at += 1) {
      left -= weights[at] ?? 0;
      if (left < 0) return at;
    }
    return last;
  };
}

/**
 * Views of gateways as their control plane has them, read once for each version of the account. A view is the same object while its
 * rows are the same.
 */
export class Views<V> {
  readonly #known = new Map<string, { readonly version: number; readonly view: V | undefined }>();

  constructor(
    /** Changes whenever the account may have changed. */
    private readonly version: () => number,
    /** Reads the gateway of an ID in a region. */
    private readonly readNow: (region: string, id: string) => V | undefined,
    private readonly isSame: (a: V, b: V) => boolean,
  ) {}

  /** The view of `<region>/<id>`; undefined where the gateway does not exist. */
  read(key: string): V | undefined {
    const version = this.version();
    const known = this.#known.get(key);
    if (known?.version === version) return known.view;

    const [region = '', id = ''] = key.split('/');
    const fresh = this.readNow(region, id);
    const view = known?.view && fresh && this.isSame(known.view, fresh) ? known.view : fresh;
    this.#known.set(key, { version, view });
    return view;
  }

  /** Forgets all. */
  reset(): void {
    this.#known.clear();
  }
}
