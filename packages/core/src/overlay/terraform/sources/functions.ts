import { canonicalJson } from '../../../ground/hash.js';
import { isTooLarge, MOST_CHARACTERS, MOST_VALUES } from '../../declared/fuel.js';
import type { Value } from '../../declared/values.js';
import { OF_FACTS, OF_PARTS } from './known-functions.js';
import {
  ABSENT,
  eitherOf,
  entriesOf,
  Exact,
  isKnown,
  isList,
  isObject,
  isUnknown,
  joined,
  membersIn,
  oneOf,
  orAbsent,
  Unknown,
  type Evaluated,
  type Found,
} from './unknown.js';

type Call = (all: readonly Found[]) => Found;

/**
 * What functions of the configuration return, as far as it decides which resources are named. Each gets values of which parts may be
 * unknown. Functions that are not here return what any of their arguments may be.
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
const FUNCTIONS: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['try', (all) => orAbsent(all.find((one) => one !== ABSENT))],
  ['coalesce', (all) => firstOf(all, (one) => one === null || one === '')],
  ['coalescelist', (all) => firstOf(all, (one) => membersIn(one).length === 0)],
  ['can', ([one = ABSENT]) => (one !== ABSENT && isUnknown(one) ? eitherOf([]) : one !== ABSENT)],
  [
    'lookup',
    ([of = ABSENT, key = ABSENT, otherwise = ABSENT]) => {
      if (isUnknown(of)) return eitherOf([of, otherwise]);
      if (typeof key !== 'string') return oneOf([...membersIn(of), otherwise]);

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
  [
    'formatlist',
    ([form = ABSENT, ...all]) => {
      const count = Math.max(...all.map((one) => (isList(one) ? one.length : -1)));
      return count < 0 || all.some(isUnknown)
        ? unevaluated('formatlist', all)
        : Array.from({ length: within(count, String(form).length) }, (_, at) => {
            const found = formatted(
              form,
              all.map((one) => (isList(one) ? (one[at] ?? null) : one)),
            );
            return found === ABSENT ? null : found;
          });
    },
  ],
  ...['jsonencode', 'yamlencode'].map((name): readonly [string, Call] => [
    name,
    ([one = ABSENT]) => {
      const parts = one === ABSENT ? [] : jsonParts(one);
      const found = joined(parts);
      // The document of what is open as a whole, or of parts that may be one of several, is not known.
      return typeof found === 'string' || found instanceof Exact ? found : unevaluated(name, [one]);
    },
  ]),
  ['concat', (all) => (all.every(isList) ? all.flat() : eitherOf(all))],
  ['flatten', ([one = ABSENT]) => (isList(one) ? flat(one) : one)],
  ['compact', filtered((one) => one !== null && one !== '')],
  ['distinct', ([one = ABSENT]) => distinct(one)],
  ['toset', ([one = ABSENT]) => setOf(distinct(one))],
  ['setunion', (all) => (all.every(isList) ? setOf(distinct(all.flat())) : eitherOf(all))],
  ['reverse', ([one = ABSENT]) => (isList(one) ? one.toReversed() : one)],
  ['sort', ([one = ABSENT]) => sorted(one)],
  ...['tolist', 'tomap', 'sensitive', 'nonsensitive'].map((name): readonly [string, Call] => [
    name,
    ([one = ABSENT]) => one,
  ]),
  ['tostring', ([one = ABSENT]) => (typeof one === 'number' || typeof one === 'boolean' ? String(one) : one)],
  ['tonumber', ([one = ABSENT]) => (typeof one === 'string' && one.trim() !== '' ? Number(one) : one)],
  ['tobool', ([one = ABSENT]) => (one === 'true' || one === 'false' ? one === 'true' : one)],
  ['values', ([one = ABSENT]) => (isObject(one) ? entriesOf(one).map(([, each]) => each) : one)],
  ['keys', ([one = ABSENT]) => (isObject(one) ? entriesOf(one).map(([key]) => key) : eitherOf([]))],
  [
    'length',
    ([one = ABSENT]) =>
      isList(one) || isObject(one) ? membersIn(one).length : typeof one === 'string' ? [...one].length : eitherOf([]),
  ],
  ['one', ([one = ABSENT]) => (isList(one) ? (one.length > 1 ? ABSENT : (one[0] ?? null)) : one)],
  [
    'element',
    ([of = ABSENT, at = ABSENT]) =>
      isList(of) && of.length > 0 && typeof at === 'number'
        ? orAbsent(of.at(at % of.length))
        : oneOf(isList(of) ? of : [eitherOf([of])]),
  ],
  [
    'index',
    ([of = ABSENT, one = ABSENT]) => {
      const at = isKnown(of) && isKnown(one) ? membersIn(of).findIndex((each) => isSame(each, one)) : undefined;
      return at === undefined ? eitherOf([]) : at < 0 ? ABSENT : at;
    },
  ],
  [
    'matchkeys',
    ([values = ABSENT, keys = ABSENT, wanted = ABSENT]) =>
      isList(values) && isList(keys) && keys.every(isKnown) && isList(wanted) && wanted.every(isKnown)
        ? chosen(values, keys, new Set(wanted.map((one) => canonicalJson(one as Value))))
        : eitherOf([values]),
  ],
  [
    'chunklist',
    ([of = ABSENT, size = ABSENT]) =>
      isList(of) && typeof size === 'number' && size > 0
        ? Array.from({ length: Math.ceil(of.length / size) }, (_, at) => of.slice(at * size, (at + 1) * size))
        : eitherOf([of]),
  ],
  [
    'slice',
    ([of = ABSENT, from = ABSENT, to = ABSENT]) =>
      isList(of) && typeof from === 'number' && typeof to === 'number' ? of.slice(from, to) : eitherOf([of]),
  ],
  [
    'contains',
    ([of = ABSENT, one = ABSENT]) =>
      isKnown(one) && membersIn(of).some((each) => isKnown(each) && isSame(each, one))
        ? true
        : isKnown(of) && isKnown(one)
          ? false
          : eitherOf([]),
  ],
  [
    'join',
    ([separator = ABSENT, ...lists]) => {
      if (lists.some(isUnknown)) return eitherOf(lists);

      const parts = lists.flatMap(membersIn);
      return joined(parts.flatMap((one, at) => (at === 0 ? [one] : [separator, one])));
    },
  ],
  [
    'setproduct',
    (all) =>
      all.every(isList) && within(all.reduce((size, list) => size * list.length, all.length)) >= 0
        ? all.reduce<readonly (readonly Evaluated[])[]>(
            (found, list) => found.flatMap((one) => list.map((each) => [...one, each])),
            [[]],
          )
        : eitherOf(all),
  ],
  [
    'zipmap',
    ([keys = ABSENT, values = ABSENT]) =>
      isList(keys) && isList(values) && keys.every((one) => typeof one === 'string')
        ? Object.fromEntries(keys.map((key, at) => [String(key), values[at] ?? null]))
        : eitherOf([values]),
  ],
]);

/** What a function returns: of values of which parts may be open, or of known ones. */
export function returned(name: string, all: readonly Found[]): Found {
  try {
    const call = FUNCTIONS.get(name);
    if (call !== undefined) return call(all);
    if (all.includes(ABSENT)) return ABSENT;

    const known = OF_PARTS.get(name) ?? OF_FACTS.get(name);
    if (known === undefined || !all.every(isKnown)) return OF_FACTS.has(name) ? eitherOf([]) : unevaluated(name, all);

    return orAbsent(known(...all));
  } catch (error) {
    if (isTooLarge(error)) throw error;

    return error instanceof RangeError ? unevaluated(name, all) : ABSENT;
  }
}

/** So many values of so many characters each. @throws {RangeError} */
function within(values: number, characters = 1): number {
  if (values > MOST_VALUES || values * characters > MOST_CHARACTERS) throw new RangeError('too large');

  return values;
}

function chosen(values: readonly Evaluated[], keys: readonly Evaluated[], wanted: ReadonlySet<string>): Evaluated {
  return values.filter((_, at) => wanted.has(canonicalJson((keys[at] ?? null) as Value)));
}

function isSame(one: Evaluated, other: Evaluated): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

/** The parts of a value as JSON: each text that is open in its place. */
function jsonParts(one: Evaluated): readonly Found[] {
  if (one instanceof Exact) return [new Exact([JSON.stringify(one.texts[0])])];
  if (isUnknown(one) || isKnown(one)) return [isUnknown(one) ? one : canonicalJson(one)];

  const isAll = isList(one);
  const members = isAll
    ? one.map(jsonParts)
    : entriesOf(one as { readonly [name: string]: Evaluated }).map(([key, each]) => [
        `${JSON.stringify(key)}:`,
        ...jsonParts(each),
      ]);
  return [isAll ? '[' : '{', ...members.flatMap((each, at) => (at === 0 ? each : [',', ...each])), isAll ? ']' : '}'];
}

function firstOf(all: readonly Found[], isEmpty: (one: Found) => boolean): Found {
  for (const [at, one] of all.entries()) {
    if (one === ABSENT || isEmpty(one)) continue;

    // It may be empty.
    return isUnknown(one) ? eitherOf(all.slice(at)) : one;
  }
  return null;
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

/** A verb of a form: flags, width, precision, and what it stands for. */
const VERB = /%([-+0 #]{0,5})(\d{0,3})(?:\.(\d{1,2}))?([sdvtqfxX%])/;

/**
 * A text with what its verbs stand for.
 * @see https://developer.hashicorp.com/terraform/language/functions/format
 */
function formatted(form: Found, all: readonly Found[]): Found {
  if (typeof form !== 'string') return unevaluated('format', [form, ...all]);

  const parts: Found[] = [];
  const left = [...all];
  let rest = form;
  for (let verb = VERB.exec(rest); verb !== null; verb = VERB.exec(rest)) {
    const [whole, flags = '', width = '', precision, kind = ''] = verb;
    parts.push(rest.slice(0, verb.index));
    rest = rest.slice(verb.index + whole.length);
    const one = kind === '%' ? '%' : (left.shift() ?? ABSENT);
    parts.push(isKnown(one) && kind !== '%' ? written(one, { flags, width, precision, kind }) : one);
  }
  // A verb of another form, or too many values.
  return rest.includes('%') || left.length > 0 ? unevaluated('format', [form, ...all]) : joined([...parts, rest]);
}

interface Verb {
  readonly flags: string;
  readonly width: string;
  readonly precision: string | undefined;
  readonly kind: string;
}

function written(one: Value, { flags, width, precision, kind }: Verb): Found {
  if ('dfxX'.includes(kind) && !Number.isFinite(Number(one))) return ABSENT;

  const plain = typeof one === 'object' && kind !== 's' ? canonicalJson(one) : one;
  if (typeof plain === 'object') return ABSENT;

  const text =
    kind === 'q'
      ? JSON.stringify(String(plain))
      : kind === 'f'
        ? Number(plain).toFixed(Number(precision ?? 6))
        : kind === 'd'
          ? String(Math.trunc(Number(plain)))
          : kind.toLowerCase() === 'x'
            ? Number(plain).toString(16)
            : String(plain);
  if (flags.includes('-')) return text.padEnd(Number(width));

  return text.padStart(Number(width), flags.includes('0') && 'dfxX'.includes(kind) ? '0' : ' ');
}

/** What a function returns that is not evaluated. */
export function unevaluated(name: string, all: readonly Found[]): Found {
  const { texts, reasons } = eitherOf(all.filter((one) => one !== ABSENT && !isKnown(one)));
  return new Unknown(texts, texts.length > 0 ? reasons : [...reasons, `${name}() is not evaluated`]);
}
