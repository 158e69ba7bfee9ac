/** One position of a form of texts: a character, or any one (or any except a slash), or any number of any. */
type Place = { readonly char: string } | { readonly any: 'one' | 'many'; readonly slash: boolean };

/** Texts that are alike: `/orders/`, then one or more characters without a slash. */
export type TextForm = readonly Place[];

/**
 * Whether texts of a form match a pattern: all of them, none, or some; `some` also where the evaluation takes
 * too long.
 */
export type TextFit = 'all' | 'none' | 'some';

/** The characters of a text. */
export function exactly(text: string): TextForm {
  return [...text].map((char) => ({ char }));
}

/** One or more characters without a slash. */
export const SEGMENT: TextForm = [
  { any: 'one', slash: false },
  { any: 'many', slash: false },
];

export const ANYTHING: TextForm = [{ any: 'many', slash: true }];

/** Represents every character that neither the form nor a pattern names. */
const OTHER = '\uFFFF';

/** The limit of steps; typical patterns take some hundred. */
const MOST_STEPS = 20_000;

/**
 * How many texts of a form match one of some patterns, in which `*` is any text and `?` any one character.
 * Exact: it walks through all positions of the form and all positions of the patterns simultaneously.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function fitOf(form: TextForm, texts: readonly string[]): TextFit {
  const patterns = texts.map((text): Pattern => [...text]);
  const named = new Set(patterns.flat());
  for (const place of form) if ('char' in place) named.add(place.char);
  const whatever = [...named.add('/'), OTHER];
  const noSlash = whatever.filter((char) => char !== '/');
  const pairs: { readonly at: number; readonly in: Positions }[] = [];
  const seen = new Set<string>();
  const meet = (at: number, positions: Positions): void => {
    const key = `${at} ${positions.key}`;
    if (seen.has(key)) return;

    seen.add(key);
    pairs.push({ at, in: positions });
    const place = form[at];
    // Any number may be none.
    if (place !== undefined && 'any' in place && place.any === 'many') meet(at + 1, positions);
  };
  meet(0, positionsOf(patterns, startsOf(patterns)));
  let fits = false;
  let misses = false;
  let steps = 0;
  for (let next = pairs.pop(); next !== undefined; next = pairs.pop()) {
    const place = form[next.at];
    if (place === undefined) {
      if (next.in.ends) fits = true;
      else misses = true;
      if (fits && misses) return 'some';

      continue;
    }

    const chars = 'char' in place ? [place.char] : place.slash ? whatever : noSlash;
    const goesOn = 'any' in place && place.any === 'many' ? next.at : next.at + 1;
    for (const char of chars) {
      steps += 1;
      if (steps > MOST_STEPS) return 'some';

      meet(goesOn, after(patterns, next.in, char));
    }
  }
  return fits ? 'all' : 'none';
}

type Pattern = readonly string[];

/** The places that patterns may be at after the same text: pairs of a pattern's number and a place in it. */
interface Positions {
  readonly at: readonly (readonly [number, number])[];
  readonly key: string;
  /** Whether one of the patterns is at its end. */
  readonly ends: boolean;
}

function startsOf(patterns: readonly Pattern[]): readonly (readonly [number, number])[] {
  return patterns.map((_, index): readonly [number, number] => [index, 0]);
}

function after(patterns: readonly Pattern[], { at }: Positions, char: string): Positions {
  const next: (readonly [number, number])[] = [];
  for (const [pattern, place] of at) {
    const own = patterns[pattern]?.[place];
    if (own === '*') next.push([pattern, place]);
    else if (own === '?' || own === char) next.push([pattern, place + 1]);
  }
  return positionsOf(patterns, next);
}

function positionsOf(patterns: readonly Pattern[], at: readonly (readonly [number, number])[]): Positions {
  const all = new Map<string, readonly [number, number]>();
  let ends = false;
  for (const [pattern, first] of at) {
    const text = patterns[pattern] ?? [];
    // A star may match the empty text.
    let place = first;
    for (; text[place] === '*'; place += 1) all.set(`${pattern}:${place}`, [pattern, place]);
    all.set(`${pattern}:${place}`, [pattern, place]);
    if (place === text.length) ends = true;
  }
  return { at: [...all.values()], key: [...all.keys()].sort().join(' '), ends };
}

/** A text without what it begins with. */
export function withoutStart(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}

/** Partition, service, region and account of an ARN. */
const ARN = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(?=[^:])/;

/** What a sentence calls a resource: of an ARN only that which comes after the account, since the evidence holds all of it. */
export function resourceOf(id: string): string {
  return id.replace(ARN, '');
}

/** The limit of remembered texts. */
const MOST_KEPT = 4096;

/**
 * A reader of texts that remembers what it read lately: subnets, prefix lists and rules of a region often name
 * the same blocks. Texts that it cannot read are not remembered.
 */
export function memoizeReader<T>(read: (text: string) => T | undefined): (text: string) => T | undefined {
  const known = new Map<string, T>();
  return (text) => {
    const there = known.get(text);
    if (there !== undefined) return there;

    const made = read(text);
    if (known.size >= MOST_KEPT) known.clear();
    if (made !== undefined) known.set(text, made);
    return made;
  };
}
