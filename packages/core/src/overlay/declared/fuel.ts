import { InvalidInputError } from '../../ground/errors.js';

/** What one value may have, each part counted as often as it is there: more is read in no second. */
export const MOST_VALUES = 250_000;
export const MOST_CHARACTERS = 4_000_000;
const MOST_DEEP = 200;

/** What all values of a configuration may have together, and how deep expressions and references may be in each other. */
const MOST_IN_ALL = 16_000_000;
const MOST_CHARACTERS_IN_ALL = 64_000_000;
const MOST_NESTED = 500;
const MOST_MS = 2_500;
/** Names, numbers and signs of its sources. */
const MOST_TOKENS = 1_000_000;

/** Objects whose members are not read to weigh them say here what they have. */
export const PARTS: unique symbol = Symbol('parts');

/** What a value has, and how deep it is. */
interface Size {
  readonly values: number;
  readonly characters: number;
  readonly depth: number;
}

const ONE: Size = { values: 1, characters: 0, depth: 0 };

/** How a {@link Fuel} names what is evaluated, and what helps. */
export interface FuelWords {
  /** `the configuration`. */
  readonly of: string;
  readonly remedy: string;
}

/**
 * What the evaluation of the expressions of one configuration may cost: values, characters, depth and time. Who reads the configuration
 * makes it and hands it to each reader and evaluator.
 */
export class Fuel {
  #values = MOST_IN_ALL;
  #characters = MOST_CHARACTERS_IN_ALL;
  #tokens = MOST_TOKENS;
  #nested = 0;
  #steps = 0;
  #spentMs = 0;
  #startedMs = 0;
  #name: string | undefined;
  readonly #sizes = new WeakMap<object, Size>();

  constructor(
    readonly words: FuelWords,
    /** The time that is counted, such as that of the processor. */
    readonly timeMs: () => number = () => 0,
  ) {}

  /** Tokens that are read from the sources. */
  read(tokens = 1): void {
    this.#tokens -= tokens;
    if (this.#tokens < 0) throw this.#refused(`they have more than ${count(MOST_TOKENS)} names, numbers and signs`);
  }

  /** Evaluates an expression, which may be inside another one. `name`: what it is the value of. */
  inside<T>(evaluate: () => T, name?: string): T {
    const before = this.#name;
    this.#name = name ?? before;
    if (this.#nested === 0) this.#startedMs = this.timeMs();
    this.#nested += 1;
    try {
      if (this.#nested > MOST_NESTED) throw this.#refused(`they are more than ${MOST_NESTED} deep in each other`);

      this.#steps += 1;
      this.#values -= 1;
      this.#refuseEmpty();
      if (this.#steps % 32 === 0 && this.#spentMs + this.timeMs() - this.#startedMs > MOST_MS)
        throw this.#refused(`they need more than ${MOST_MS / 1000} seconds`);

      return evaluate();
    } catch (error) {
      // A stack, a text or a list that is too large.
      throw error instanceof RangeError ? this.#refused('they need too much memory') : error;
    } finally {
      this.#nested -= 1;
      if (this.#nested === 0) this.#spentMs += this.timeMs() - this.#startedMs;
      this.#name = before;
    }
  }

  /** A value that was made or read. */
  spend<T>(value: T): T {
    const { values, characters } = this.#sizeOf(value);
    this.#values -= values;
    this.#characters -= characters;
    this.#refuseEmpty();
    return value;
  }

  #refuseEmpty(): void {
    if (this.#values < 0) throw this.#refused(`they have more than ${count(MOST_IN_ALL)} values`);
    if (this.#characters < 0) throw this.#refused(`they have more than ${count(MOST_CHARACTERS_IN_ALL)} characters`);
  }

  #sizeOf(value: unknown): Size {
    if (typeof value === 'string') return this.#checked({ values: 1, characters: value.length, depth: 0 });
    if (typeof value !== 'object' || value === null) return ONE;

    const known = this.#sizes.get(value);
    if (known !== undefined) return known;

    let [values, characters, depth] = [1, 0, 0];
    for (const part of partsOf(value)) {
      const size = this.#sizeOf(part);
      values += size.values;
      characters += size.characters;
      depth = Math.max(depth, size.depth + 1);
    }
    const size = this.#checked({ values, characters, depth });
    this.#sizes.set(value, size);
    return size;
  }

  #checked(size: Size): Size {
    if (size.values > MOST_VALUES) throw this.#refused(`one has more than ${count(MOST_VALUES)} values`);
    if (size.characters > MOST_CHARACTERS)
      throw this.#refused(`one has more than ${count(MOST_CHARACTERS)} characters`);
    if (size.depth > MOST_DEEP) throw this.#refused(`one has values more than ${MOST_DEEP} deep`);

    return size;
  }

  #refused(why: string): InvalidInputError {
    const { of, remedy } = this.words;
    const at = this.#name === undefined ? '' : ` (${this.#name})`;
    return new InvalidInputError('INPUT_TOO_LARGE', `the expressions of ${of} are too large: ${why}${at}`, { remedy });
  }
}

/** Whether evaluation has to end: nothing gets over it. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof InvalidInputError && error.code === 'INPUT_TOO_LARGE';
}

function partsOf(value: object): readonly unknown[] {
  if (Array.isArray(value)) return value;

  return PARTS in value ? (value[PARTS] as readonly unknown[]) : Object.values(value);
}

function count(of: number): string {
  return of.toLocaleString('en-US');
}
