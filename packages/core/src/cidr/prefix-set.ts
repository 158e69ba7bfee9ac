import { columnsOf, prefixAt, putAddress, addressAt, WORDS, type Family } from './columns/columns.js';
import {
  combine,
  complementOf,
  containmentOf,
  edgesOf,
  noEdges,
  type Combination,
  type Containment,
  type Edges,
} from './columns/edges.js';
import { coverEdges } from './columns/cover.js';
import { LongestMatch } from './columns/longest-match.js';
import { notGiven } from './given.js';
import { addressOf, WIDTH, type Address } from './ip-address.js';
import { blockFrom, formatPrefix, placeFrom, type Prefix } from './prefix.js';
import { coverRange, rangeFrom, rangeOf, type Range } from './range.js';

/**
 * An immutable set of addresses of both families. Operations return new sets. It is stored as columns, so
 * hundreds of thousands of blocks need little memory. Values are created on access. Its iterator, its text and its JSON have
 * the fewest blocks that cover it.
 */
export class PrefixSet {
  readonly #edges: { readonly 4: Edges<4>; readonly 6: Edges<6> };
  /**
   * The blocks that the set was created from, for {@link longestMatch}; those of operations are created on
   * request.
   */
  readonly #given: readonly Prefix[] | undefined;
  #matches: { readonly 4: LongestMatch; readonly 6: LongestMatch } | undefined;

  private constructor(four: Edges<4>, six: Edges<6>, given?: readonly Prefix[]) {
    this.#edges = { 4: four, 6: six };
    this.#given = given;
  }

  /** The addresses of some blocks, which may nest, repeat and be of both families. */
  static of(blocks: Iterable<Prefix | string>): PrefixSet {
    if (typeof blocks === 'string' || typeof blocks?.[Symbol.iterator] !== 'function')
      throw notGiven(blocks, 'a list of blocks', "['10.0.0.0/16']");

    const given = Array.from(blocks, blockFrom);
    return new PrefixSet(edgesOf(columnsOf(given, 4)), edgesOf(columnsOf(given, 6)), given);
  }

  /** The addresses of some ranges. */
  static ofRanges(ranges: Iterable<Range>): PrefixSet {
    return PrefixSet.of([...ranges].flatMap(coverRange));
  }

  /** The addresses that are in this set, in the other one, or in both. */
  union(other: PrefixSet): PrefixSet {
    return this.#combine('union', other);
  }

  /** The addresses that are in both sets. */
  intersection(other: PrefixSet): PrefixSet {
    return this.#combine('intersection', other);
  }

  /** The addresses of this set that are not in the other one. */
  subtract(other: PrefixSet): PrefixSet {
    return this.#combine('subtract', other);
  }

  /** All addresses of a family that are not in this set. */
  complement(family: 4 | 6): PrefixSet {
    return family === 4
      ? new PrefixSet(complementOf(this.#edges[4]), noEdges(6))
      : new PrefixSet(noEdges(4), complementOf(this.#edges[6]));
  }

  /** Whether all addresses of an address, a block or a range are in this set, some, or none. */
  containment(what: Address | Prefix | Range | string): Containment {
    const { first, last } = extentOf(what);
    const { family } = first;
    return containmentOf(this.#edges[family], wordsOf(first), 0, wordsOf(last), 0);
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
    this.#matches ??= this.#makeMatches();
    const match = this.#matches[address.family];
    const words = wordsOf(address);
    const row = match.find(words, 0, 'bits' in what ? what.bits : WIDTH[address.family]);
    return row === -1 ? undefined : prefixAt(match.columns, row);
  }

  /** The fewest blocks that cover exactly this set, IPv4 before IPv6, sorted by address. */
  prefixes(): readonly Prefix[] {
    return ([4, 6] as const).flatMap((family) => {
      const cover = coverEdges(this.#edges[family]);
      return Array.from({ length: cover.count }, (_, row) => prefixAt(cover, row));
    });
  }

  /**
   * The fewest ranges that cover exactly this set, IPv4 before IPv6, sorted. They neither overlap nor adjoin.
   */
  ranges(): readonly Range[] {
    return ([4, 6] as const).flatMap((family) => rangesOf(this.#edges[family]));
  }

  /** How many addresses the set has; with a family, of that one. */
  size(family?: 4 | 6): bigint {
    const ranges = family === undefined ? this.ranges() : rangesOf(this.#edges[family]);
    return ranges.reduce((sum, { first, last }) => sum + last.value - first.value + 1n, 0n);
  }

  get isEmpty(): boolean {
    return this.#edges[4].count === 0 && this.#edges[6].count === 0;
  }

  /** Whether two sets contain the same addresses, in any representation. */
  equals(other: PrefixSet): boolean {
    return ([4, 6] as const).every((family) => {
      const [a, b] = [this.#edges[family], PrefixSet.#edgesOf(other)[family]];
      return a.count === b.count && a.at.every((word, index) => word === b.at[index]);
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

  #combine(how: Combination, other: PrefixSet): PrefixSet {
    const { 4: four, 6: six } = PrefixSet.#edgesOf(other);
    return new PrefixSet(combine(how, this.#edges[4], four), combine(how, this.#edges[6], six));
  }

  /** A set of another copy of this package, as a cloud that a program brings may have one, gives its ranges. */
  static #edgesOf(other: PrefixSet): { readonly 4: Edges<4>; readonly 6: Edges<6> } {
    return #edges in other ? other.#edges : PrefixSet.ofRanges((other as PrefixSet).ranges()).#edges;
  }

  #makeMatches(): { readonly 4: LongestMatch; readonly 6: LongestMatch } {
    const of = (family: Family): LongestMatch =>
      new LongestMatch(this.#given ? columnsOf(this.#given, family) : coverEdges(this.#edges[family]));
    return { 4: of(4), 6: of(6) };
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

function wordsOf(address: Address): Uint32Array {
  const words = new Uint32Array(WORDS[address.family]);
  putAddress(address, words, 0);
  return words;
}

function rangesOf({ family, count, at }: Edges): Range[] {
  const words = WORDS[family];
  const highest = (1n << BigInt(WIDTH[family])) - 1n;
  return Array.from({ length: (count + 1) >>> 1 }, (_, index) => {
    const first = addressAt(family, at, 2 * index * words);
    const end = 2 * index + 1;
    const last = end < count ? addressAt(family, at, end * words).value - 1n : highest;
    return rangeFrom(first, addressOf(family, last));
  });
}
