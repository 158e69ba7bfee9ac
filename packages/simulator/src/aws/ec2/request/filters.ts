import type { Filter } from '@aws-sdk/client-ec2';
import { ServiceError } from '../../operation/operation.js';
import type { TagRow } from '../../state/tag-row.js';
import { invalidValue } from './text-rules.js';
import { ownValue } from '../../../simulation/own-value.js';

/** A step of a pattern: any text, at most one character, or a character itself. */
type Step = { readonly kind: 'any' | 'maybe' } | { readonly kind: 'character'; readonly character: string };

/**
 * A filter's value as a test of texts: `*` is any text, `?` at most one character, and a backslash makes the
 * next character literal. Values are case-sensitive. The time of a test is bounded by pattern times text.
 * Patterns come from outside, and a regular expression of many stars would not end.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html#Filtering_Resources_CLI
 */
export function wildcard(pattern: string): (text: string) => boolean {
  const steps = stepsOf(pattern);
  return (text) => {
    // The steps that the text read so far can have reached; several in parallel, because of the stars.
    let before = reach(steps, new Set([0]));
    for (const character of text) {
      const after = new Set<number>();
      for (const index of before) {
        const step = steps[index];
        if (step?.kind === 'any') after.add(index);
        else if (step?.kind === 'maybe') after.add(index + 1);
        else if (step?.kind === 'character' && step.character === character) after.add(index + 1);
      }
      if (after.size === 0) return false;

      before = reach(steps, after);
    }
    return before.has(steps.length);
  };
}

/** `*` and `?` can also match nothing. */
function reach(steps: readonly Step[], from: Set<number>): Set<number> {
  for (const index of from) {
    const kind = steps[index]?.kind;
    if (kind === 'any' || kind === 'maybe') from.add(index + 1); // a set that grows is walked to its new end
  }
  return from;
}

function stepsOf(pattern: string): Step[] {
  const steps: Step[] = [];
  let escaped = false;
  for (const character of pattern) {
    if (!escaped && character === '\\') {
      escaped = true;
      continue;
    }

    if (escaped || (character !== '*' && character !== '?')) steps.push({ kind: 'character', character });
    else if (character === '?') steps.push({ kind: 'maybe' });
    else if (steps.at(-1)?.kind !== 'any') steps.push({ kind: 'any' });
    escaped = false;
  }
  // A backslash at the end matches itself.
  if (escaped) steps.push({ kind: 'character', character: '\\' });
  return steps;
}

/** What a row has to offer to a filter: one value, several, or none. */
export type FilterValues = string | number | boolean | undefined | readonly (string | number | boolean | undefined)[];

/** The filters of one list operation, by the names that its documentation gives them. */
export type FilterTable<R> = Readonly<Record<string, (row: R) => FilterValues>>;

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html#Filtering_Resources_CLI */
const MOST_VALUES = 200;

/** Whether rows bear tags, so that `tag:<key>`, `tag-key` and `tag-value` work on them. */
export type TagsOf<R> = (row: R) => TagRow;

/**
 * The rows that pass all filters; a row passes a filter if one of its values equals, or matches, one of the filter's.
 * A filter without values passes no row: https://github.com/getmoto/moto/issues/8570
 * @throws {ServiceError} `InvalidParameterValue` for a filter that the operation does not have; `FilterLimitExceeded`.
 */
export function applyFilters<R>(
  rows: readonly R[],
  filters: readonly Filter[] | undefined,
  table: FilterTable<R>,
  tagsOf?: TagsOf<R>,
): readonly R[] {
  let left = rows;
  for (const filter of filters ?? []) {
    const valuesOf = filterNamed(filter.Name, table, tagsOf);
    const wanted = filter.Values ?? [];
    if (wanted.length > MOST_VALUES) {
      throw new ServiceError(
        'FilterLimitExceeded',
        `The maximum number of filter values specified on a single call is ${MOST_VALUES}`,
      );
    }

    const matches = matcher(wanted);
    left = left.filter((row) => {
      const values = valuesOf(row);
      return Array.isArray(values) ? values.some((value) => passes(value, matches)) : passes(values, matches);
    });
  }
  return left;
}

function passes(value: unknown, matches: (text: string) => boolean): boolean {
  return value !== undefined && matches(String(value));
}

function filterNamed<R>(name: string | undefined, table: FilterTable<R>, tagsOf: TagsOf<R> | undefined) {
  const own = ownValue(table, name);
  if (own !== undefined) return own;

  if (tagsOf !== undefined && name !== undefined) {
    if (name === 'tag-key') return (row: R) => Object.keys(tagsOf(row));
    if (name === 'tag-value') return (row: R) => Object.values(tagsOf(row));
    if (name.startsWith('tag:')) {
      const key = name.slice('tag:'.length);
      return (row: R) => ownValue(tagsOf(row), key);
    }
  }
  throw invalidValue(`The filter '${name ?? 'null'}' is invalid`);
}

function matcher(wanted: readonly string[]): (text: string) => boolean {
  const exact = new Set(wanted);
  const patterns = wanted.filter((value) => /[*?\\]/.test(value)).map(wildcard);
  return (text) => exact.has(text) || patterns.some((matches) => matches(text));
}

/**
 * Filters with the names of what rows show: `ebs-info.nvme-support` is `EbsInfo.NvmeSupport`, and `attachment.device`
 * is the `Device` of each of `Attachments`. A filter with another name has its path behind it: `tenancy=placement.tenancy`.
 * A name that the view does not have is accepted, and matches nothing.
 */
export function shownFilters<R>(names: string, view: (row: R) => object): FilterTable<R> {
  return Object.fromEntries(
    (names.match(/\S+/g) ?? []).map((each) => {
      const [name = '', path = name] = each.split('=');
      return [name, (row: R) => shown(view(row), path.replaceAll('-', '').split('.'))] as const;
    }),
  );
}

function shown(value: unknown, [step, ...rest]: readonly string[]): (string | number | boolean)[] {
  if (Array.isArray(value)) return value.flatMap((item) => shown(item, step === undefined ? [] : [step, ...rest]));
  if (value instanceof Date) return [value.toISOString()];
  if (typeof value !== 'object' || value === null) {
    return step === undefined && value !== undefined && value !== '' ? [value as string | number | boolean] : [];
  }

  const isStep = (name: string) => [step, `${step}s`, `${step}set`].includes(name.toLowerCase());
  return shown(Object.entries(value).find(([name]) => isStep(name))?.[1], rest);
}
