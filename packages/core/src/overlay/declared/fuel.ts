import { InvalidInputError } from '../../ground/errors.js';

/** What one value may have, each part counted as often as it is in it, and how deep. */
export const MOST_VALUES = 100_000;
export const MOST_CHARACTERS = 4_000_000;
const MOST_DEEP = 200;
/** What all values may have that are kept, each counted once. */
const MOST_KEPT_VALUES = 2_000_000;
const MOST_KEPT_CHARACTERS = 32_000_000;
/** Such a text is kept once, whoever has it. */
const LONG_TEXT = 1_000;
/** Names, numbers and signs of the sources. */
const MOST_TOKENS = 1_000_000;
/** Expressions and references inside of each other. */
const MOST_NESTED = 500;
/** A plan of many instances asks for many values. */
const MOST_MS = 2_000;
const MS_OF_INSTANCE = 10;

/** What is not read to weigh it says here what it has. */
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
 * What reading and evaluating one configuration may cost: values, characters, depth and time. Who reads the configuration makes it and
 * passes it to all that evaluate it.
 */
export class Fuel {
  #tokens = MOST_TOKENS;
  #values = MOST_KEPT_VALUES;
  #characters = MOST_KEPT_CHARACTERS;
  #nested = 0;
  #steps = 0;
  #leftMs = MOST_MS;
  #startedMs = 0;
  #name: string | undefined;
  readonly #instances = new Set<string>();
  readonly #sizes = new WeakMap<object, Size>();
  #kept = { objects: new WeakSet<object>(), texts: new Set<string>() };

  constructor(
    readonly words: FuelWords,
    /** The time that is counted, such as that of the processor. */
    readonly timeMs: () => number = () => performance.now(),
  ) {}

  /** A token of the sources was read. */
  read(): void {
    this.#tokens -= 1;
    if (this.#tokens < 0) throw this.#refused(`more than ${count(MOST_TOKENS)} names, numbers and signs`);
  }

  /** Evaluates an attribute of an instance of the plan. */
  attribute<T>(address: string, path: readonly (string | number)[], evaluate: () => T): T {
    if (!this.#instances.has(address)) this.#leftMs += MS_OF_INSTANCE;
    this.#instances.add(address);
    return this.inside(evaluate, `${address}.${path.join('.')}`);
  }

  /** Evaluates an expression, which may be inside another one. `name`: what has its value. */
  inside<T>(evaluate: () => T, name = this.#name): T {
    const before = this.#name;
    this.#name = name;
    if (this.#nested === 0) this.#startedMs = this.timeMs();
    this.#nested += 1;
    this.#steps += 1;
    try {
      if (this.#nested > MOST_NESTED) throw this.#refused(`more than ${MOST_NESTED} inside of each other`);
      if (this.#steps % 32 === 0 && this.timeMs() - this.#startedMs > this.#leftMs)
        throw this.#refused('their evaluation takes too long');

      return evaluate();
    } catch (error) {
      // A stack, a text or a list is too large.
      throw error instanceof RangeError ? this.#refused('their evaluation takes too much memory') : error;
    } finally {
      this.#nested -= 1;
      if (this.#nested === 0) this.#leftMs -= this.timeMs() - this.#startedMs;
      this.#name = before;
    }
  }

  /** A value that was made or read, and whose parts may be looked at. */
  weighed<T>(value: T): T {
    this.#sizeOf(value);
    return value;
  }

  /** What was kept so far is not kept any more. */
  forget(): void {
    [this.#values, this.#characters] = [MOST_KEPT_VALUES, MOST_KEPT_CHARACTERS];
    this.#kept = { objects: new WeakSet(), texts: new Set() };
  }

  /** A value that is kept until all is evaluated. */
  kept<T>(value: T): T {
    const { objects, texts } = this.#kept;
    const parts: unknown[] = [value];
    for (let at = 0; at < parts.length; at += 1) {
      const part = parts[at];
      this.#values -= 1;
      if (typeof part === 'string') {
        if (texts.has(part)) continue;
        if (part.length > LONG_TEXT) texts.add(part);
        this.#characters -= part.length;
      } else if (typeof part === 'object' && part !== null && !objects.has(part)) {
        objects.add(part);
        for (const one of partsOf(part)) parts.push(one);
      }
    }
    if (this.#values < 0) throw this.#refused(`more than ${count(MOST_KEPT_VALUES)} values`);
    if (this.#characters < 0) throw this.#refused(`more than ${count(MOST_KEPT_CHARACTERS)} characters`);

    return value;
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
    if (size.values > MOST_VALUES) throw this.#refused(`a value has more than ${count(MOST_VALUES)} parts`);
    if (size.characters > MOST_CHARACTERS)
      throw this.#refused(`a value has more than ${count(MOST_CHARACTERS)} characters`);
    if (size.depth > MOST_DEEP) throw this.#refused(`a value is more than ${MOST_DEEP} deep`);

    return size;
  }

  #refused(why: string): InvalidInputError {
    const { of, remedy } = this.words;
    const at = this.#name === undefined ? '' : ` (${this.#name})`;
    return new InvalidInputError('INPUT_TOO_LARGE', `the expressions of ${of} are too large: ${why}${at}`, { remedy });
  }
}

/** Whether evaluation has to end: no caller goes on with another value. */
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
