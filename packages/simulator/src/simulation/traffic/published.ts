import type { Decisions } from './outcomes.js';

/** How long changes of gateways take to reach their data path, in simulated milliseconds: each change between the two. */
export interface DataPathDelay {
  readonly leastMs: number;
  readonly mostMs: number;
}

interface Edition<V> {
  /** From when on the data path has it. */
  readonly from: number;
  /** When the control plane changed to it. */
  readonly at: number;
  /** Undefined while the control plane still has it: the view is read when it is needed. */
  closed: { readonly view: V | undefined } | undefined;
}

/**
 * What the data path sees of gateways. A change reaches it some seconds after the control plane has answered [I]: it is not
 * documented how long that takes, and users see "a few seconds".
 */
export class Published<V> {
  readonly #editions = new Map<string, Edition<V>[]>();

  constructor(
    private readonly ground: {
      readonly now: () => number;
      readonly dataPathDelayMs: () => number;
      readonly decisions: Pick<Decisions, 'changeAt'>;
    },
    /** The gateway as its control plane has it; the same value while nothing has changed. */
    private readonly read: (key: string) => V | undefined,
  ) {}

  /** Runs a change of a gateway. What the gateway was before stays in effect for a while. */
  around<T>(key: string, change: () => T): T {
    const now = this.ground.now();
    const editions = this.#current(key, now);
    const last = editions.at(-1);
    if (last?.at === now) return change(); // many changes of one moment are one

    const before = { view: this.read(key) };
    const result = change();
    if (last) last.closed = before;
    else editions.push({ from: -Infinity, at: -Infinity, closed: before });
    const from = Math.max(last?.from ?? 0, now + this.ground.dataPathDelayMs());
    this.#editions.set(key, [...editions, { from, at: now, closed: undefined }]);
    return result;
  }

  /** The gateway as the data path has it now. */
  get(key: string): V | undefined {
    if (!this.#editions.has(key)) return this.read(key);

    const editions = this.#current(key, this.ground.now());
    if (editions.length > 1) this.#editions.set(key, editions);
    else this.#editions.delete(key);
    const [current, next] = editions;
    if (next) this.ground.decisions.changeAt(next.from);
    return current?.closed ? current.closed.view : this.read(key);
  }

  /** Every gateway is as its control plane has it. */
  reset(): void {
    this.#editions.clear();
  }

  /** The edition that is in effect, and those that are on their way. */
  #current(key: string, now: number): Edition<V>[] {
    const editions = this.#editions.get(key) ?? [];
    return editions.slice(
      Math.max(
        0,
        editions.findLastIndex(({ from }) => from <= now),
      ),
    );
  }
}
