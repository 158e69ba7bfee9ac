/**
 * What a write holds while it is in progress, and the refusal of another call that needs it in that time.
 */
export interface Hold<E> {
  readonly key: string;
  readonly refusal: () => E;
}

/** Writes that are in progress. */
export class Holds {
  readonly #keys = new Set<string>();

  /** Why a write cannot begin now, if it cannot. */
  hindrance<E>(holds: readonly Hold<E>[]): E | undefined {
    return holds.find(({ key }) => this.#keys.has(key))?.refusal();
  }

  /** Holds it until the function returned is called; undefined where there is nothing to hold. */
  hold(holds: readonly Hold<unknown>[]): (() => void) | undefined {
    if (holds.length === 0) return undefined;
    for (const { key } of holds) this.#keys.add(key);
    return () => {
      for (const { key } of holds) this.#keys.delete(key);
    };
  }

  /** Nothing is held. */
  reset(): void {
    this.#keys.clear();
  }
}
