import type { Filter } from '@aws-sdk/client-ec2';
import { page } from '../../operation/page.js';
import { invalidCombination } from './text-rules.js';
import { applyFilters, type FilterTable, type TagsOf } from './filters.js';
import { checkId, notFound, type IdKind } from './ids.js';

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
