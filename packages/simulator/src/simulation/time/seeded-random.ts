/** `00` to `ff`. */
const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Eight hex digits of a whole number below 2³²: five times as fast as `toString(16)`. Every call of a gateway has IDs of these. */
export function hexWord(value: number): string {
  const high = value >>> 16;
  const low = value & 0xffff;
  return (BYTES[high >>> 8] ?? '') + (BYTES[high & 0xff] ?? '') + (BYTES[low >>> 8] ?? '') + (BYTES[low & 0xff] ?? '');
}

const ALPHABETS = {
  hex: '0123456789abcdef',
  base36: 'abcdefghijklmnopqrstuvwxyz0123456789',
  decimal: '0123456789',
} as const;

const NONE: ReadonlySet<string> = new Set();
const SHORTEST_TAKEN = 6;
/** Of no world. */
const SPARE_SEED = -7;

/** `listener/app/orders/50dc6c495c0c9188` → `50dc6c495c0c9188`, as the lists and names of clouds have it behind other words. */
function lastToken(id: string): string {
  return id.slice(Math.max(id.lastIndexOf('-'), id.lastIndexOf('/'), id.lastIndexOf(':')) + 1);
}

/**
 * Reproducible randomness with plain state (sfc32). One seed gives one sequence, on every machine.
 * @see https://pracrand.sourceforge.net/RNG_engines.txt
 */
export class SeededRandom {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;
  #taken: ReadonlySet<string> = NONE;
  #instead: SeededRandom | undefined;

  /** Streams of one seed do not depend on each other: more faults do not change ids. */
  constructor(seed: number, stream = 0) {
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 0x1_0000_0000) | 0;
    this.#c = stream | 0;
    for (let round = 0; round < 15; round += 1) this.#step();
  }

  /** Uniform in [0, 1). */
  next(): number {
    return this.#step() / 0x1_0000_0000;
  }

  /** `prefix` and `length` characters: by default 17 hex digits, as EC2's ids have. It is none of those that are taken. */
  id(prefix: string, length = 17, alphabet: keyof typeof ALPHABETS = 'hex'): string {
    const id = this.#draw(prefix, length, alphabet);
    // Shorter ones are few: another one might not be found.
    return length >= SHORTEST_TAKEN && this.#taken.has(lastToken(id)) ? this.#another(prefix, length, alphabet) : id;
  }

  /** Another stream gives it, so that those after it stay as they are. */
  #another(prefix: string, length: number, alphabet: keyof typeof ALPHABETS): string {
    const spare = (this.#instead ??= new SeededRandom(SPARE_SEED));
    for (;;) {
      const id = spare.#draw(prefix, length, alphabet);
      if (!this.#taken.has(lastToken(id))) return id;
    }
  }

  #draw(prefix: string, length: number, alphabet: keyof typeof ALPHABETS): string {
    const letters = ALPHABETS[alphabet];
    let id = prefix;
    for (let index = 0; index < length; index += 1) id += letters[Math.floor(this.next() * letters.length)];
    return id;
  }

  /** The ids that a snapshot or a saved world brings, which follow from another seed or from the same one. */
  take(ids: readonly string[]): void {
    this.#taken = ids.length === 0 ? NONE : new Set(ids.map(lastToken));
    this.#instead = undefined;
  }

  /** Eight hex digits. */
  word(): string {
    return hexWord(this.#step());
  }

  /** The state, to be saved. */
  save(): readonly number[] {
    return [this.#a, this.#b, this.#c, this.#counter];
  }

  /** Continues where a saved one was. */
  load([a = 0, b = 0, c = 0, counter = 1]: readonly number[]): void {
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#counter = counter | 0;
  }

  #step(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}
