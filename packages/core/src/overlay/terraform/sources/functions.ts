import { WIDTH } from '../../../cidr/ip-address.js';
import { formatPrefix, parsePrefix } from '../../../cidr/prefix.js';
import { canonicalJson } from '../../../ground/hash.js';
import {
  ABSENT,
  eitherOf,
  entriesOf,
  isKnown,
  isList,
  isObject,
  isUnknown,
  joined,
  membersIn,
  Unknown,
  orAbsent,
  type Evaluated,
  type Found,
} from './unknown.js';

type Call = (all: readonly Found[]) => Found;

/**
 * What functions of the configuration return, as far as it decides which resources are named. Each gets values of which parts may be
 * unknown. Functions that are not here return what any of their arguments may be.
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
export const FUNCTIONS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['try', (all) => orAbsent(all.find((one) => one !== ABSENT))],
  ['coalesce', (all) => firstOf(all, (one) => one === null || one === '')],
  ['coalescelist', (all) => firstOf(all, (one) => membersIn(one).length === 0)],
  ['can', ([one = ABSENT]) => (one !== ABSENT && isUnknown(one) ? eitherOf([]) : one !== ABSENT)],
  [
    'lookup',
    ([of = ABSENT, key = ABSENT, otherwise = ABSENT]) => {
      if (isUnknown(of) || typeof key !== 'string') return eitherOf([of, otherwise]);

      return isObject(of) && Object.hasOwn(of, key) ? (of[key] ?? null) : otherwise;
    },
  ],
  [
    'merge',
    (all) =>
      all.some((one) => one !== null && !isObject(one))
        ? eitherOf(all)
        : Object.assign({}, ...all.map((one) => (isObject(one) ? one : {}))),
  ],
  ['format', ([form = ABSENT, ...all]) => formatted(form, all)],
  ['concat', (all) => (all.every(isList) ? all.flat() : eitherOf(all))],
  ['flatten', ([one = ABSENT]) => (isList(one) ? flat(one) : one)],
  ['compact', filtered((one) => one !== null && one !== '')],
  ['distinct', ([one = ABSENT]) => distinct(one)],
  ['toset', ([one = ABSENT]) => setOf(distinct(one))],
  ['setunion', (all) => (all.every(isList) ? setOf(distinct(all.flat())) : eitherOf(all))],
  ['reverse', ([one = ABSENT]) => (isList(one) ? one.toReversed() : one)],
  ['sort', ([one = ABSENT]) => sorted(one)],
  ...['tolist', 'tomap', 'tostring', 'tonumber', 'tobool', 'sensitive', 'nonsensitive'].map(
    (name): readonly [string, Call] => [name, ([one = ABSENT]) => one],
  ),
  ['values', ([one = ABSENT]) => (isObject(one) ? entriesOf(one).map(([, each]) => each) : one)],
  ['keys', ([one = ABSENT]) => (isObject(one) ? entriesOf(one).map(([key]) => key) : eitherOf([]))],
  ['length', ([one = ABSENT]) => (isList(one) || isObject(one) ? membersIn(one).length : eitherOf([]))],
  ['one', ([one = ABSENT]) => (isList(one) ? (one[0] ?? null) : one)],
  [
    'element',
    ([of = ABSENT, at = ABSENT]) =>
      isList(of) && of.length > 0 && typeof at === 'number' ? orAbsent(of[at % of.length]) : eitherOf([of]),
  ],
  [
    'slice',
    ([of = ABSENT, from = ABSENT, to = ABSENT]) =>
      isList(of) && typeof from === 'number' && typeof to === 'number' ? of.slice(from, to) : eitherOf([of]),
  ],
  [
    'contains',
    ([of = ABSENT, one = ABSENT]) =>
      isKnown(of) && isKnown(one)
        ? membersIn(of).some((each) => canonicalJson(each) === canonicalJson(one))
        : eitherOf([]),
  ],
  [
    'join',
    ([separator = ABSENT, ...lists]) => {
      if (lists.some(isUnknown)) return eitherOf(lists);

      const parts = lists.flatMap(membersIn);
      if (parts.length === 1) return orAbsent(parts[0]);

      return typeof separator === 'string' && parts.every(isKnown) ? parts.join(separator) : eitherOf(parts);
    },
  ],
  [
    'split',
    ([separator = ABSENT, text = ABSENT]) =>
      typeof separator === 'string' && typeof text === 'string' ? text.split(separator) : eitherOf([text]),
  ],
  [
    'replace',
    ([text = ABSENT, from = ABSENT, to = ABSENT]) =>
      typeof text === 'string' && typeof from === 'string' && typeof to === 'string' && !/^\/.*\/$/.test(from)
        ? text.replaceAll(from, to)
        : eitherOf([text]),
  ],
  [
    'regexall',
    ([pattern = ABSENT, text = ABSENT]) =>
      typeof pattern === 'string' && typeof text === 'string' ? matches(pattern, text) : eitherOf([]),
  ],
  ['startswith', ([text = ABSENT, start = ABSENT]) => about(text, start, (one, other) => one.startsWith(other))],
  ['endswith', ([text = ABSENT, end = ABSENT]) => about(text, end, (one, other) => one.endsWith(other))],
  ['max', (all) => ofNumbers(all, Math.max)],
  ['min', (all) => ofNumbers(all, Math.min)],
  [
    'setproduct',
    (all) =>
      all.every(isList)
        ? all.reduce<readonly (readonly Evaluated[])[]>(
            (found, list) => found.flatMap((one) => list.map((each) => [...one, each])),
            [[]],
          )
        : eitherOf(all),
  ],
  ['upper', ([one = ABSENT]) => (typeof one === 'string' ? one.toUpperCase() : one)],
  ['lower', ([one = ABSENT]) => (typeof one === 'string' ? one.toLowerCase() : one)],
  [
    'zipmap',
    ([keys = ABSENT, values = ABSENT]) =>
      isList(keys) && isList(values) && keys.every((one) => typeof one === 'string')
        ? Object.fromEntries(keys.map((key, at) => [String(key), values[at] ?? null]))
        : eitherOf([values]),
  ],
  [
    'cidrsubnet',
    ([block = ABSENT, bits = ABSENT, number = ABSENT]) =>
      typeof block === 'string' && typeof bits === 'number' && typeof number === 'number'
        ? subnetOf(block, bits, number)
        : eitherOf([]),
  ],
  [
    'range',
    ([count = ABSENT, ...others]) =>
      typeof count === 'number' && others.length === 0 && count < MOST
        ? Array.from({ length: count }, (_, at) => at)
        : eitherOf([]),
  ],
]);

const MOST = 1_000;

/** The block with a number, of those that are some bits longer. Absent where Terraform refuses the call. */
function subnetOf(block: string, bits: number, number: number): Found {
  try {
    const { address, bits: own } = parsePrefix(block);
    const length = own + bits;
    if (bits < 0 || number < 0 || BigInt(number) >= 1n << BigInt(bits)) return ABSENT;

    const value = address.value + (BigInt(number) << BigInt(WIDTH[address.family] - length));
    return formatPrefix({ address: { ...address, value }, bits: length });
  } catch {
    return ABSENT;
  }
}

function firstOf(all: readonly Found[], isEmpty: (one: Found) => boolean): Found {
  for (const [at, one] of all.entries()) {
    if (one === ABSENT || isEmpty(one)) continue;

    // It may be empty.
    return isUnknown(one) ? eitherOf(all.slice(at)) : one;
  }
  return null;
}

/** All matches of a pattern of RE2, which JavaScript reads alike but for rare forms. */
function matches(pattern: string, text: string): Found {
  try {
    return [...text.matchAll(new RegExp(pattern, 'gu'))].map(([whole, ...groups]) =>
      groups.length === 0 ? whole : groups.map((one: string | undefined) => one ?? null),
    );
  } catch {
    return eitherOf([]);
  }
}

function about(one: Found, other: Found, is: (one: string, other: string) => boolean): Found {
  return typeof one === 'string' && typeof other === 'string' ? is(one, other) : eitherOf([]);
}

function ofNumbers(all: readonly Found[], of: (...all: number[]) => number): Found {
  const numbers = all.filter((one): one is number => typeof one === 'number');
  return numbers.length > 0 && numbers.length === all.length ? of(...numbers) : eitherOf([]);
}

function filtered(keeps: (one: Evaluated) => boolean): Call {
  return ([one = ABSENT]) => (isList(one) ? one.filter(keeps) : one);
}

function flat(list: readonly Evaluated[]): readonly Evaluated[] {
  return list.flatMap((one) => (isList(one) ? flat(one) : [one]));
}

function distinct(one: Found): Found {
  if (!isList(one)) return one;

  const known = new Set<string>();
  return one.filter((each) => {
    if (!isKnown(each)) return true;

    const text = canonicalJson(each);
    return !known.has(text) && known.add(text);
  });
}

/** Texts in their order; where one is open, each place may have any of them. */
function sorted(one: Found): Found {
  if (!isList(one)) return one;

  return one.every((each) => typeof each === 'string') ? one.toSorted() : one.map(() => eitherOf(one));
}

/** A set of texts has their order, as a list that is made of it. */
function setOf(one: Found): Found {
  return isList(one) && one.every((each) => typeof each === 'string') ? one.toSorted() : one;
}

/**
 * A text with what its verbs stand for, of the simple ones.
 * @see https://developer.hashicorp.com/terraform/language/functions/format
 */
function formatted(form: Found, all: readonly Found[]): Found {
  const parts = typeof form === 'string' ? form.split(/%([%sdv])/) : [];
  const verbs = parts.filter((_, at) => at % 2 === 1);
  const texts = parts.filter((_, at) => at % 2 === 0);
  if (texts.some((one) => one.includes('%')) || verbs.filter((one) => one !== '%').length !== all.length)
    return unevaluated('format', [form, ...all]);

  const left = [...all];
  return joined(parts.map((one, at) => (at % 2 === 0 ? one : one === '%' ? '%' : (left.shift() ?? ABSENT))));
}

/** What a function returns that is not evaluated. */
export function unevaluated(name: string, all: readonly Found[]): Found {
  const { texts, reasons } = eitherOf(all.filter((one) => one !== ABSENT && !isKnown(one)));
  return new Unknown(texts, texts.length > 0 ? reasons : [...reasons, `${name}() is not evaluated`]);
}
