/** How far a caller's clock may be off, and for how long a nonce is remembered. */
export const SIGNED_FOR_MS = 15 * 60_000;

/** The nonces of calls, in real time: callers sign with their own clocks. */
export class Nonces {
  readonly #until = new Map<string, number>();

  /** @param now real time, milliseconds since the epoch */
  constructor(readonly now: () => number = Date.now) {}

  /** Uses a nonce up. @returns false where it was used in the last 15 minutes */
  take(nonce: string): boolean {
    const now = this.now();
    for (const [old, until] of this.#until) {
      if (until > now) break; // oldest first

      this.#until.delete(old);
    }
    if (this.#until.has(nonce)) return false;

    this.#until.set(nonce, now + SIGNED_FOR_MS);
    return true;
  }

  reset(): void {
    this.#until.clear();
  }
}
