/** A value that is not known when it is asked for: its resource is not carried out. */
export class UnresolvedValue extends Error {
  override readonly name = 'UnresolvedValue';
}

/** A value of a plan that is found when it is asked for: once what it names was carried out. */
export class OpenValue {
  readonly #single: () => unknown;
  readonly #several: () => readonly unknown[];
  #answer: { readonly value: unknown } | undefined;

  /** `isExact`: it is what the configuration writes, and not what is inferred from what that names. */
  constructor(
    single: () => unknown,
    several: () => readonly unknown[],
    readonly isExact = false,
  ) {
    this.#single = single;
    this.#several = several;
  }

  /** What was answered last. Undefined: nothing was asked. */
  get answer(): { readonly value: unknown } | undefined {
    return this.#answer;
  }

  /** @throws {UnresolvedValue} where it is not known, or where it may be one of several. */
  single(): unknown {
    const value = this.#single();
    this.#answer = { value };
    return value;
  }

  /** @throws {UnresolvedValue} where it is not known. */
  several(): readonly unknown[] {
    const value = this.#several();
    this.#answer = { value };
    return value;
  }
}

/** What is asked for; undefined where a part of it is not known. */
export function ifKnown<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof UnresolvedValue)) throw error;

    return undefined;
  }
}
