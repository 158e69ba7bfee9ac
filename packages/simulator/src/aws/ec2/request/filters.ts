import type { Filter } from '@aws-sdk/client-ec2';
import { ServiceError } from '../../operation/operation.js';
import type { TagRow } from '../../state/given.js';
import { invalidValue, invalidCombination } from './text-rules.js';
import { ownValue } from '../../../simulation/own-value.js';
import { page } from '../../operation/family.js';
import { checkId, notFound, type IdKind } from './ids.js';

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
type TagsOf<R> = (row: R) => TagRow;

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

/** The members that list operations have in common. */
export interface ListInput {
  readonly Filters?: readonly Filter[] | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** How one list operation works. */
export interface Listing<R> {
  /** The operation's name; tokens belong to it. */
  readonly list: string;
  readonly rows: ReadonlyMap<string, R>;
  readonly filters: FilterTable<R>;
  readonly tagsOf?: TagsOf<R> | undefined;
  /** The ids that the caller asks for, what kind they are, and the member that bears them. */
  readonly ids?: { readonly wanted: readonly string[] | undefined; readonly kind: IdKind; readonly member: string };
  /** Which rows there are, as far as the caller can see. */
  readonly visible?: ((row: R) => boolean) | undefined;
  /** Bounds of MaxResults; by default 5 to 1000. */
  readonly size?: readonly [smallest: number, largest: number];
  /** What a page has if the caller names no size; by default everything. */
  readonly defaultSize?: number;
}

const SIZE = [5, 1000] as const;

/**
 * The rows that a Describe call asks for: by ids, filters and page.
 * @throws {ServiceError} `…NotFound`, `…Malformed`, `InvalidParameterValue`, `InvalidParameterCombination`, `InvalidNextToken`.
 */
export function listRows<R extends { readonly id: string }>(
  input: ListInput,
  listing: Listing<R>,
): { rows: R[]; next: string | undefined } {
  const { ids } = listing;
  if (ids?.wanted && ids.wanted.length > 0 && input.MaxResults !== undefined) {
    throw invalidCombination(`The parameter ${ids.member} cannot be used with the parameter maxResults`);
  }

  const found =
    ids?.wanted && ids.wanted.length > 0 ? byIds(listing.rows, ids.wanted, ids.kind) : [...listing.rows.values()];
  const visible = listing.visible ? found.filter(listing.visible) : found;
  return pageRows(applyFilters(visible, input.Filters, listing.filters, listing.tagsOf), input, listing);
}

/** Cuts EC2's page out of a list. @throws {ServiceError} `InvalidParameterValue`, `InvalidNextToken`. */
export function pageRows<R extends { readonly id: string }>(
  rows: readonly R[],
  input: ListInput,
  rules: Pick<Listing<R>, 'list' | 'size' | 'defaultSize'>,
): { rows: R[]; next: string | undefined } {
  const [smallest, largest] = rules.size ?? SIZE;
  const { items, next } = page(
    rows,
    { size: input.MaxResults, token: input.NextToken },
    {
      service: 'ec2',
      list: rules.list,
      defaultSize: rules.defaultSize ?? Number.POSITIVE_INFINITY,
      smallest,
      largest,
      key: (row) => row.id,
    },
  );
  return { rows: items, next };
}

function byIds<R>(rows: ReadonlyMap<string, R>, wanted: readonly string[], kind: IdKind): R[] {
  const found: R[] = [];
  const missing: string[] = [];
  for (const id of new Set(wanted)) {
    const row = rows.get(id);
    if (row === undefined) missing.push(id);
    else found.push(row);
  }
  for (const id of missing) checkId(id, kind);
  if (missing.length > 0) throw notFound(kind, ...missing);

  return found;
}
