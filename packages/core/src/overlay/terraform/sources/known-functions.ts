import { formatAddress, WIDTH } from '../../../cidr/ip-address.js';
import { formatPrefix, parsePrefix, type Prefix } from '../../../cidr/prefix.js';
import { canonicalJson } from '../../../ground/hash.js';
import { subnetOf } from '../../declared/cidr-blocks.js';
import { readData } from '../../../spec/source/read-data.js';
import type { Value } from '../../declared/values.js';

/** Of known values, as Terraform converts them: `"2"` is a number where one is expected. Undefined, or an error: Terraform refuses the call. */
type Known = (...all: readonly Value[]) => Value | undefined;

/** What these return has parts of what they are given: where that is open, it names the same. */
export const OF_PARTS: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['upper', (one) => text(one).toUpperCase()],
  ['lower', (one) => text(one).toLowerCase()],
  ['title', (one) => text(one).replaceAll(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase())],
  ['trimspace', (one) => text(one).trim()],
  ['chomp', (one) => text(one).replace(/[\r\n]+$/, '')],
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
  ['jsondecode', (one) => JSON.parse(text(one)) as Value],
  ['yamldecode', (one) => readData(text(one)) as Value | undefined],
  ['setintersection', (first, ...all) => list(first).filter((one) => all.every((other) => has(other, one)))],
  ['setsubtract', (one, other) => list(one).filter((each) => !has(other, each))],
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
/** A longer text, or a pattern that may take very long in a machine that goes back, is not searched. */
const MOST_SEARCHED = 10_000;
const GOES_BACK = /[+*}][^()]*\)(?:[+*]|\{)/;

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

function has(all: Value, one: Value): boolean {
  return list(all).some((each) => canonicalJson(each) === canonicalJson(one));
}

function trimmed(one: string, letters: string): string {
  const all = [...one];
  const from = all.findIndex((letter) => !letters.includes(letter));
  return from < 0 ? '' : all.slice(from, all.findLastIndex((letter) => !letters.includes(letter)) + 1).join('');
}

/** From an offset, which may be from the end, so many letters; -1 is the rest. */
function part(one: string, offset: number, length: number): string {
  const rest = [...one].slice(offset);
  return (length < 0 ? rest : rest.slice(0, length)).join('');
}

/** A pattern of RE2, which JavaScript reads alike but for its names, its flags in front, and rare forms. */
function patternOf(pattern: string, searched: string): RegExp {
  if (searched.length > MOST_SEARCHED || GOES_BACK.test(pattern)) throw new RangeError('not searched');

  const [, flags = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  return new RegExp(pattern.slice(flags === '' ? 0 : flags.length + 3).replaceAll('(?P<', '(?<'), `g${flags}`);
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
