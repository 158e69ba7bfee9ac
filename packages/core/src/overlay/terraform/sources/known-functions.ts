import { formatAddress, WIDTH } from '../../../cidr/ip-address.js';
import { formatPrefix, parsePrefix, type Prefix } from '../../../cidr/prefix.js';
import { canonicalJson } from '../../../ground/hash.js';
import { subnetOf } from '../../declared/cidr-blocks.js';
import { readData } from '../../../spec/source/read-data.js';
import { MOST_CHARACTERS } from '../../declared/fuel.js';
import type { Value } from '../../declared/values.js';

/** Of known values, as Terraform converts them: `"2"` is a number where one is expected. Undefined, or an error: Terraform refuses the call. */
type Known = (...all: readonly Value[]) => Value | undefined;

/** What these return has parts of what they are given: where that is open, it names the same. */
export const OF_PARTS: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['upper', (one) => text(one).toUpperCase()],
  ['lower', (one) => text(one).toLowerCase()],
  ['title', (one) => text(one).replaceAll(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase())],
  ['trimspace', (one) => text(one).trim()],
  ['chomp', (one) => text(one).replace(/(?<![\r\n])[\r\n]+$/, '')],
  ['trim', (one, letters) => trimmed(text(one), text(letters))],
  ['trimprefix', (one, start) => (text(one).startsWith(text(start)) ? text(one).slice(text(start).length) : one)],
  [
    'trimsuffix',
    (one, end) => text(one).slice(0, text(one).length - (text(one).endsWith(text(end)) ? text(end).length : 0)),
  ],
  ['substr', (one, offset, length) => part(text(one), number(offset), number(length))],
  ['split', (separator, one) => (one === '' ? [''] : text(one).split(text(separator)))],
  ['replace', (one, from, to) => replaced(text(one), text(from), text(to))],
  ['regex', (pattern, one) => matches(text(pattern), text(one))[0]],
  ['basename', (one) => text(one).split('/').at(-1)],
  ['dirname', (one) => text(one).replace(/\/?[^/]*$/, '') || '.'],
  ['urlencode', (one) => encodeURIComponent(text(one))],
  ['jsondecode', (one) => JSON.parse(decodable(text(one))) as Value],
  ['yamldecode', (one) => readData(decodable(text(one))) as Value | undefined],
  [
    'setintersection',
    (first, ...all) => {
      const others = all.map(keysOf);
      return list(first).filter((one) => others.every((other) => other.has(canonicalJson(one))));
    },
  ],
  [
    'setsubtract',
    (one, other) => {
      const keys = keysOf(other);
      return list(one).filter((each) => !keys.has(canonicalJson(each)));
    },
  ],
]);

/** What these return says something about what they are given, and names nothing. */
export const OF_FACTS: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['strrev', (one) => [...text(one)].toReversed().join('')],
  ['regexall', (pattern, one) => matches(text(pattern), text(one))],
  ['startswith', (one, start) => text(one).startsWith(text(start))],
  ['endswith', (one, end) => text(one).endsWith(text(end))],
  ['strcontains', (one, inner) => text(one).includes(text(inner))],
  ['max', (...all) => Math.max(...all.map(number))],
  ['min', (...all) => Math.min(...all.map(number))],
  ['sum', (all) => list(all).reduce<number>((found, one) => found + number(one), 0)],
  ['abs', (one) => Math.abs(number(one))],
  ['ceil', (one) => Math.ceil(number(one))],
  ['floor', (one) => Math.floor(number(one))],
  ['pow', (one, other) => number(one) ** number(other)],
  ['parseint', (one, base) => finite(Number.parseInt(text(one), number(base)))],
  ['range', (...all) => rangeOf(all.map(number))],
  ['alltrue', (all) => list(all).every((one) => String(one) === 'true')],
  ['anytrue', (all) => list(all).some((one) => String(one) === 'true')],
  ['cidrsubnet', (block, bits, at) => subnetOf(parsePrefix(text(block)), number(bits), number(at))],
  ['cidrsubnets', (block, ...bits) => subnetsOf(parsePrefix(text(block)), bits.map(number))],
  ['cidrhost', (block, at) => hostOf(parsePrefix(text(block)), number(at))],
]);

const MOST = 1_000;
/** A longer text or pattern, and a pattern that may take longer in a machine that goes back, is not searched. */
const MOST_SEARCHED = 10_000;
const MOST_PATTERN = 1_000;
const MOST_TRIED = 50_000_000;

function text(one: Value | undefined): string {
  if (one === undefined || one === null || typeof one === 'object') throw new Error('no text');

  return String(one);
}

function number(one: Value | undefined): number {
  return finite(Number(text(one)));
}

function finite(one: number): number {
  if (!Number.isFinite(one)) throw new Error('no number');

  return one;
}

function list(one: Value | undefined): readonly Value[] {
  if (!Array.isArray(one)) throw new Error('no list');

  return one as readonly Value[];
}

function keysOf(all: Value | undefined): ReadonlySet<string> {
  return new Set(list(all).map((one) => canonicalJson(one)));
}

/** Brackets need fifty times their memory once they are read. */
function decodable(one: string): string {
  if (one.length > MOST_CHARACTERS / 4) throw new RangeError('too long');

  return one;
}

function trimmed(one: string, letters: string): string {
  const all = [...one];
  const outer = new Set(letters);
  const from = all.findIndex((letter) => !outer.has(letter));
  return from < 0 ? '' : all.slice(from, all.findLastIndex((letter) => !outer.has(letter)) + 1).join('');
}

/** From an offset, which may be from the end, so many letters; -1 is the rest. */
function part(one: string, offset: number, length: number): string {
  const rest = [...one].slice(offset);
  return (length < 0 ? rest : rest.slice(0, length)).join('');
}

/** A pattern of RE2, which JavaScript reads alike but for its names, its flags in front, and rare forms. */
function patternOf(pattern: string, searched: string): RegExp {
  if (searched.length > MOST_SEARCHED || pattern.length > MOST_PATTERN || triedIn(pattern, searched) > MOST_TRIED)
    throw new RangeError('not searched');

  const [, flags = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  return new RegExp(pattern.slice(flags === '' ? 0 : flags.length + 3).replaceAll('(?P<', '(?<'), `g${flags}`);
}

/**
 * How many places a machine that goes back tries at most: what repeats shares the text, and what chooses has two ways. A group that
 * repeats and has either inside has no bound.
 */
function triedIn(pattern: string, searched: string): number {
  // Classes and what is escaped are one letter each.
  let left = pattern.replaceAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]?/gs, 'a').replaceAll(/\(\?(?:P?<\w*>|[a-z:]*)/gi, '(');
  for (let inner = ''; inner !== left;) {
    inner = left;
    // Groups without repetition or choice are one letter, whatever follows them.
    left = inner.replaceAll(/\([^()|*+?{]*\)/g, 'a');
  }
  if (/\)[*+{]/.test(left)) return Number.POSITIVE_INFINITY;

  // So many times, and no others, are one way.
  const repeats = (left.replaceAll(/\{\d+\}/g, '').match(/[*+{]/g) ?? []).length;
  const choices = (left.match(/[?|]/g) ?? []).length;
  let tried = 2 ** choices;
  const starts = left.startsWith('^') && !left.includes('|') ? 0 : 1;
  for (let at = 1; at <= repeats + starts; at += 1) tried *= (searched.length + at) / at;
  return tried;
}

/** Each match: the text, or its groups, by their names if they have some. */
function matches(pattern: string, one: string): readonly Value[] {
  return [...one.matchAll(patternOf(pattern, one))].map(([whole, ...groups], at, all) => {
    const named = all[at]?.groups;
    if (named !== undefined) return { ...named };

    return groups.length === 0 ? whole : groups.map((group: string | undefined) => group ?? null);
  });
}

/** A text between slashes is a pattern. */
function replaced(one: string, from: string, to: string): string {
  const [, pattern] = /^\/(.+)\/$/s.exec(from) ?? [];
  const most = pattern === undefined && from !== '' ? one.split(from).length : one.length + 1;
  if (most * to.length > MOST_CHARACTERS) throw new RangeError('too long');
  if (pattern === undefined) return one.replaceAll(from, () => to);

  return one.replace(
    patternOf(pattern, one),
    to.replaceAll(/\$\{(\d+)\}/g, '$$$1').replaceAll(/\$\{?([a-z]\w*)\}?/gi, '$$<$1>'),
  );
}

function rangeOf([first = 0, ...others]: readonly number[]): Value | undefined {
  const [from, to, step = 1] = others.length === 0 ? [0, first] : [first, ...others];
  const count = Math.max(0, Math.ceil(((to ?? 0) - from) / step));
  return count < MOST ? Array.from({ length: count }, (_, at) => from + at * step) : undefined;
}

/** Blocks one behind the other, each so many bits longer. */
function subnetsOf(block: Prefix, bits: readonly number[]): Value | undefined {
  const { address } = block;
  let next = address.value;
  const found = bits.map((more) => {
    const length = block.bits + more;
    const size = 1n << BigInt(WIDTH[address.family] - length);
    const start = ((next + size - 1n) / size) * size;
    next = start + size;
    return formatPrefix({ address: { ...address, value: start }, bits: length });
  });
  return next <= address.value + (1n << BigInt(WIDTH[address.family] - block.bits)) ? found : undefined;
}

/** The address with a number, which may be from the end. */
function hostOf({ address, bits }: Prefix, at: number): string | undefined {
  const size = 1n << BigInt(WIDTH[address.family] - bits);
  const offset = at < 0 ? size + BigInt(at) : BigInt(at);
  return offset < 0n || offset >= size ? undefined : formatAddress({ ...address, value: address.value + offset });
}
