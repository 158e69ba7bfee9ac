/** Eventual consistency never lags further than this. */
export const LONGEST_LAG_MS = 30_000;

/** How an account was up to half a minute ago; kept only while a fault needs it. */
export class PastStates<S> {
  #past: { readonly until: number; readonly state: S }[] = [];

  /** The state is about to change. */
  keep(state: S, now: number): void {
    this.#past = this.#past.filter(({ until }) => until >= now - LONGEST_LAG_MS);
    if (this.#past.at(-1)?.until === now) return; // what was before this moment is kept already
    this.#past.push({ until: now, state: structuredClone(state) });
  }

  /** The state as it was at a moment; `undefined` when it has not changed since. */
  at(moment: number): S | undefined {
    return this.#past.find(({ until }) => until > moment)?.state;
  }

  /** Forgets everything. */
  reset(): void {
    this.#past = [];
  }
}
