/** How long changes of gateways take to reach their data path, in simulated milliseconds: each change between the two. */
export interface DataPathDelay {
  readonly leastMs: number;
  readonly mostMs: number;
}

interface Edition<V> {
  /** From when on the data path has it. */
  readonly from: number;
  readonly view: V | undefined;
}

/**
 * What the data path sees of gateways. A change reaches it some seconds after the control plane has answered [I]: it is not
 * documented how long that takes, and users see "a few seconds".
 */
export class Published<V> {
  readonly #editions = new Map<string, Edition<V>[]>();

  constructor(
    private readonly ground: { readonly now: () => number; readonly dataPathDelayMs: () => number },
    /** The gateway as its control plane has it; the same value while nothing has changed. */
    private readonly read: (key: string) => V | undefined,
  ) {}

  /** Runs a change of a gateway. What the gateway was before stays in effect for a while. */
  around<T>(key: string, change: () => T): T {
    const before = this.#latest(key);
    const result = change();
    const view = this.read(key);
    if (before === view) return result;
    const editions = this.#editions.get(key) ?? [{ from: -Infinity, view: before }];
    const from = Math.max(editions.at(-1)?.from ?? 0, this.ground.now() + this.ground.dataPathDelayMs());
    this.#editions.set(key, [...editions, { from, view }]);
    return result;
  }

  /** The gateway as the data path has it now. */
  get(key: string): V | undefined {
    const editions = this.#editions.get(key);
    if (!editions) return this.read(key);
    const now = this.ground.now();
    const at = editions.findLastIndex(({ from }) => from <= now);
    const current = editions[at];
    if (at === editions.length - 1) this.#editions.delete(key);
    else if (at > 0) this.#editions.set(key, editions.slice(at));
    return current?.view;
  }

  /** Every gateway is as its control plane has it. */
  reset(): void {
    this.#editions.clear();
  }

  #latest(key: string): V | undefined {
    const editions = this.#editions.get(key);
    return editions ? editions.at(-1)?.view : this.read(key);
  }
}
