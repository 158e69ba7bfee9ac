import { isMarked, marksAt, valueAt, type Marks, type Value } from '../../declared/values.js';
import { isList, isObject, isUnknown, type Evaluated, type Unknown } from '../sources/unknown.js';

/** The blocks of a set as a plan has them. */
export interface PlannedSet {
  /** In the order that Terraform gives them. */
  readonly values: readonly Value[];
  readonly unknown: Marks;
  readonly sensitive: Marks;
  /** What is read of a block: which of two that are the same in this is which does not matter. */
  readonly read: readonly string[];
}

/** A verdict is judged in fewer ways than these: it does not matter which others there are. */
const MOST_WAYS = 65;
const MOST_STEPS = 10_000;
const MOST_BLOCKS = 100;

/**
 * The ways in which the blocks of a set can be those that the configuration writes: for each value the number of a written
 * block. Terraform sorts the values of a set, and the configuration has the written order, so places say nothing. What is
 * known in both does: constants, and that what is not known is not written with known values alone. Empty: a plan does not
 * describe all of the blocks, or there are too many.
 */
export function pairings(
  set: PlannedSet,
  written: readonly Evaluated[],
  isKnown: (named: Unknown) => boolean,
): readonly (readonly number[])[] {
  const { values, unknown, sensitive, read } = set;
  if (values.length !== written.length || values.length > MOST_BLOCKS) return [];

  const fits = values.map((value, at) =>
    written.map((block) => canBe(block, value, marksAt(unknown, [at]), marksAt(sensitive, [at]), isKnown)),
  );
  const texts = values.map((value, at) =>
    JSON.stringify(read.map((name) => [valueAt(value, [name]), marksAt(unknown, [at, name])])),
  );
  const found = waysOf(fits, texts);
  // None: the provider writes a constant in a way of its own.
  return found?.length === 0 ? (waysOf(anyOf(fits), texts) ?? []) : (found ?? []);
}

function anyOf(fits: readonly (readonly boolean[])[]): readonly (readonly boolean[])[] {
  return fits.map((row) => row.map(() => true));
}

/** Undefined: too many steps. Values with the same text are interchangeable: of their orders one is enough. */
function waysOf(
  fits: readonly (readonly boolean[])[],
  texts: readonly string[],
): readonly (readonly number[])[] | undefined {
  const alike = texts.map((text, at) => `${text} ${fits[at]?.join(' ')}`);
  const found = new Map<string, readonly number[]>();
  let steps = 0;
  const place = (taken: readonly number[]): void => {
    const value = taken.length;
    if (value === fits.length) {
      const key = taken.map((block, at) => `${texts[at]} ${block}`).toSorted();
      if (!found.has(key.join('\n'))) found.set(key.join('\n'), taken);
      return;
    }

    const before = taken[alike.slice(0, value).lastIndexOf(alike[value] ?? '')] ?? -1;
    for (const block of fits.keys()) {
      if (found.size === MOST_WAYS || steps > MOST_STEPS) return;

      steps += 1;
      if (block > before && !taken.includes(block) && fits[value]?.[block] === true) place([...taken, block]);
    }
  };
  place([]);
  return steps > MOST_STEPS ? undefined : [...found.values()];
}

/** Whether a value can be what a block writes. */
function canBe(
  written: Evaluated,
  value: Value,
  unknown: Marks,
  sensitive: Marks,
  isKnown: (named: Unknown) => boolean,
): boolean {
  return Object.entries(isObject(written) ? written : {}).every(([name, one]) => {
    const own = valueAt(value, [name]);
    const isOpen = isMarked(marksAt(unknown, [name]));
    // Without a value it is as the provider sets it.
    if (one === null || isMarked(marksAt(sensitive, [name]))) return true;
    if (isUnknown(one)) return !isOpen || !isKnown(one);
    if (!isList(one) || !one.some(isObject)) return !isOpen && isSame(one as Value, own);

    return (
      !Array.isArray(own) ||
      one.every((block) =>
        (own as readonly Value[]).some((inner, at) =>
          canBe(block, inner, marksAt(unknown, [name, at]), marksAt(sensitive, [name, at]), isKnown),
        ),
      )
    );
  });
}

/** Providers write `80` as a number or as a text, and what is empty as nothing. Lists may be sets. */
function isSame(one: Value, other: Value | undefined): boolean {
  return plain(one) === plain(other);
}

function plain(value: Value | undefined): string {
  if (value === undefined || value === null || value === false || value === '') return '';
  if (typeof value !== 'object') return String(value).toLowerCase();

  const parts = Object.entries(value).map(([key, one]) => (Array.isArray(value) ? plain(one) : `${key}=${plain(one)}`));
  return JSON.stringify(parts.toSorted());
}
