import { notGiven, addressOf, WIDTH, type Address } from './ip-address.js';
import { blockFrom, formatPrefix, placeFrom, type Prefix } from './prefix.js';
import { coverRange, rangeFrom, rangeOf, type Range } from './range.js';

/** IPv4 or IPv6. */
export type Family = 4 | 6;

/** How much of an address, a block or a range a set contains: all of it, some of it, nothing. */
export type Containment = 'inside' | 'partial' | 'outside';

/** The addresses of one family from one to another, both included. */
interface Span {
  readonly first: bigint;
  readonly last: bigint;
}

interface Spans {
  readonly 4: readonly Span[];
  readonly 6: readonly Span[];
}

/**
 * An immutable set of addresses of both families. Operations return new sets. Its iterator, its text and its JSON have
 * the fewest blocks that cover it.
 */
export class PrefixSet {
  readonly #spans: Spans;
  /** The blocks that the set was created from, for {@link longestMatch}; those of operations are created on request. */
  readonly #given: readonly Prefix[] | undefined;
  /** The blocks by length, the longest first, and by {@link networkOf}. */
  #byLength: { readonly [family in Family]: ReadonlyMap<number, ReadonlyMap<bigint, Prefix>> } | undefined;

  private constructor(spans: Spans, given?: readonly Prefix[]) {
    this.#spans = spans;
    this.#given = given;
  }

  /** The addresses of some blocks, which may nest, repeat and be of both families. */
  static of(blocks: Iterable<Prefix | string>): PrefixSet {
    if (typeof blocks === 'string' || typeof blocks?.[Symbol.iterator] !== 'function')
      throw notGiven(blocks, 'a list of blocks', "['10.0.0.0/16']");

    const given = Array.from(blocks, blockFrom);
    return new PrefixSet(spansOf(given.map(rangeOf)), given);
  }

  /** The addresses of some ranges. */
  static ofRanges(ranges: Iterable<Range>): PrefixSet {
    return new PrefixSet(spansOf([...ranges]));
  }

  /** The addresses that are in this set, in the other one, or in both. */
  union(other: PrefixSet): PrefixSet {
    return this.#combine(other, (own, others) => joined([...own, ...others]));
  }

  /** The addresses that are in both sets. */
  intersection(other: PrefixSet): PrefixSet {
    return this.#combine(other, common);
  }

  /** The addresses of this set that are not in the other one. */
  subtract(other: PrefixSet): PrefixSet {
    return this.#combine(other, (own, others, family) => common(own, gaps(others, WIDTH[family])));
  }

  /** All addresses of a family that are not in this set. */
  complement(family: Family): PrefixSet {
    return new PrefixSet({ 4: [], 6: [], [family]: gaps(this.#spans[family], WIDTH[family]) });
  }

  /** Whether all addresses of an address, a block or a range are in this set, some, or none. */
  containment(what: Address | Prefix | Range | string): Containment {
    const { first, last } = extentOf(what);
    const spans = this.#spans[first.family];
    // The first span that ends at the range or after it.
    let at = 0;
    for (let end = spans.length; at < end;) {
      const middle = (at + end) >>> 1;
      if ((spans[middle] as Span).last < first.value) at = middle + 1;
      else end = middle;
    }
    const span = spans[at];
    if (!span || span.first > last.value) return 'outside';

    return span.first <= first.value && span.last >= last.value ? 'inside' : 'partial';
  }

  /** Whether all addresses of an address, a block or a range are in this set. */
  has(what: Address | Prefix | Range | string): boolean {
    return this.containment(what) === 'inside';
  }

  /**
   * The longest single block that contains all of a block or an address, as a router looks it up: among the blocks that the
   * set was created {@link of}; in the result of an operation, among its {@link prefixes}.
   */
  longestMatch(given: Address | Prefix | string): Prefix | undefined {
    const what = placeFrom(given);
    const address = 'bits' in what ? what.address : what;
    const most = 'bits' in what ? what.bits : WIDTH[address.family];
    const blocks = this.#given ?? this.prefixes();
    this.#byLength ??= { 4: byLength(blocks, 4), 6: byLength(blocks, 6) };
    for (const [bits, found] of this.#byLength[address.family]) {
      const block = bits > most ? undefined : found.get(networkOf(address, bits));
      if (block) return block;
    }
    return undefined;
  }

  /** The fewest blocks that cover exactly this set, IPv4 before IPv6, sorted by address. */
  prefixes(): readonly Prefix[] {
    return this.ranges().flatMap(coverRange);
  }

  /** The fewest ranges that cover exactly this set, IPv4 before IPv6, sorted. They neither overlap nor adjoin. */
  ranges(): readonly Range[] {
    return ([4, 6] as const).flatMap((family) =>
      this.#spans[family].map(({ first, last }) => rangeFrom(addressOf(family, first), addressOf(family, last))),
    );
  }

  /** How many addresses the set has; with a family, of that one. */
  size(family?: Family): bigint {
    const spans = family === undefined ? [...this.#spans[4], ...this.#spans[6]] : this.#spans[family];
    return spans.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
  }

  get isEmpty(): boolean {
    return this.#spans[4].length === 0 && this.#spans[6].length === 0;
  }

  /** Whether two sets contain the same addresses, in any representation. */
  equals(other: PrefixSet): boolean {
    const spans = PrefixSet.#spansOf(other);
    return ([4, 6] as const).every((family) => {
      const [a, b] = [this.#spans[family], spans[family]];
      return a.length === b.length && a.every(({ first, last }, at) => first === b[at]?.first && last === b[at].last);
    });
  }

  [Symbol.iterator](): Iterator<Prefix> {
    return this.prefixes().values();
  }

  toString(): string {
    return this.prefixes().map(formatPrefix).join(', ');
  }

  toJSON(): readonly string[] {
    return this.prefixes().map(formatPrefix);
  }

  #combine(
    other: PrefixSet,
    how: (own: readonly Span[], others: readonly Span[], family: Family) => readonly Span[],
  ): PrefixSet {
    const spans = PrefixSet.#spansOf(other);
    return new PrefixSet({ 4: how(this.#spans[4], spans[4], 4), 6: how(this.#spans[6], spans[6], 6) });
  }

  /** A set of another copy of this package, as a cloud that a program brings may have one, gives its ranges. */
  static #spansOf(other: PrefixSet): Spans {
    return #spans in other ? other.#spans : spansOf((other as PrefixSet).ranges());
  }
}

/** The set that a program gave, as one, as a list of blocks or as one block. */
export function setOf(given: Prefix | string | readonly (Prefix | string)[] | PrefixSet): PrefixSet {
  if (given instanceof PrefixSet) return given;

  return PrefixSet.of(typeof given === 'string' || isBlock(given) ? [given] : given);
}

/** Whether a value is one block, and no list of them. */
export function isBlock(given: object): given is Prefix {
  return given !== null && typeof given === 'object' && 'bits' in given;
}

function extentOf(given: Address | Prefix | Range | string): Range {
  if (typeof given === 'object' && given !== null && 'first' in given) return given;

  const what = placeFrom(given);
  return 'bits' in what ? rangeOf(what) : rangeFrom(what, what);
}

function spansOf(ranges: readonly Range[]): Spans {
  const of = (family: Family): readonly Span[] =>
    joined(
      ranges
        .filter(({ first }) => first.family === family)
        .map(({ first, last }) => ({ first: first.value, last: last.value })),
    );
  return { 4: of(4), 6: of(6) };
}

function byLength(blocks: readonly Prefix[], family: Family): ReadonlyMap<number, ReadonlyMap<bigint, Prefix>> {
  const found = new Map<number, Map<bigint, Prefix>>();
  for (const block of blocks.filter(({ address }) => address.family === family)) {
    const ofLength = found.get(block.bits) ?? new Map<bigint, Prefix>();
    found.set(block.bits, ofLength.set(networkOf(block.address, block.bits), block));
  }
  return new Map([...found].toSorted(([a], [b]) => b - a));
}

/** The leading bits of an address: a `Map` finds these faster than the lowest address, whose lowest 64 bits are often zero. */
function networkOf({ family, value }: Address, bits: number): bigint {
  return value >> BigInt(WIDTH[family] - bits);
}

/** The fewest spans with the same addresses, in order. */
function joined(spans: readonly Span[]): readonly Span[] {
  const found: Span[] = [];
  for (const span of spans.toSorted((a, b) => (a.first < b.first ? -1 : Number(a.first > b.first)))) {
    const before = found.at(-1);
    if (!before || span.first > before.last + 1n) found.push(span);
    else if (span.last > before.last) found[found.length - 1] = { first: before.first, last: span.last };
  }
  return found;
}

/** The addresses of `width` bits that are in none of some joined spans. */
function gaps(spans: readonly Span[], width: number): readonly Span[] {
  const found: Span[] = [];
  let first = 0n;
  for (const span of spans) {
    if (span.first > first) found.push({ first, last: span.first - 1n });
    first = span.last + 1n;
  }
  const last = (1n << BigInt(width)) - 1n;
  return first > last ? found : [...found, { first, last }];
}

/** The addresses that are in both of two lists of joined spans. */
function common(one: readonly Span[], other: readonly Span[]): readonly Span[] {
  const found: Span[] = [];
  for (let i = 0, j = 0; i < one.length && j < other.length;) {
    const [a, b] = [one[i] as Span, other[j] as Span];
    const first = a.first > b.first ? a.first : b.first;
    const last = a.last < b.last ? a.last : b.last;
    if (first <= last) found.push({ first, last });
    if (a.last < b.last) i += 1;
    else j += 1;
  }
  return found;
}
