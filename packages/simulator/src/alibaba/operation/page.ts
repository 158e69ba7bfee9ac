import { tokenPage } from '../../simulation/dispatch/token-page.js';
import { type AnyAlibabaOperation, AlibabaError } from './operation.js';

/** The page parameters of a request, decoded. */
export interface NumberedPageRequest {
  readonly PageNumber?: number | undefined;
  readonly PageSize?: number | undefined;
}

/** Bounds of one list. */
export interface NumberedPageRules {
  /** Ten by default: nearly every list answers ten items to a caller that gives no size. */
  readonly defaultSize?: number;
  /** The largest size that a caller may ask for: 100 by default, as for most of CloudAPI; 50 for API groups, and in VPC. */
  readonly largest?: number;
}

/** One page of a numbered list. The three numbers are the answer's own members: `{ ...numbers, Things: { Thing: items } }`. */
export interface NumberedPage<T> {
  readonly items: T[];
  readonly numbers: { readonly TotalCount: number; readonly PageNumber: number; readonly PageSize: number };
}

/**
 * Cuts page `PageNumber` (from 1) out of a list. Beyond the end it is empty.
 * @throws {AlibabaError} `InvalidPageNumber`, `InvalidPageSize` when out of bounds
 */
export function page<T>(
  items: readonly T[],
  { PageNumber = 1, PageSize }: NumberedPageRequest,
  { defaultSize = 10, largest = 100 }: NumberedPageRules,
): NumberedPage<T> {
  const size = PageSize ?? defaultSize;
  if (!Number.isInteger(PageNumber) || PageNumber < 1) throw invalid('PageNumber');
  if (!Number.isInteger(size) || size < 1 || size > largest) throw invalid('PageSize');

  const start = (PageNumber - 1) * size;
  return { items: items.slice(start, start + size), numbers: { TotalCount: items.length, PageNumber, PageSize: size } };
}

/** The page parameters of a request for a list with tokens, decoded. VPC spells the first `MaxResult`. */
export interface TokenPageRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** How one list with tokens pages. */
export interface TokenPageRules<T> {
  readonly operation: Pick<AnyAlibabaOperation, 'product' | 'name'>;
  /** What else must be the same on every page: the parent's id. */
  readonly list?: string;
  readonly defaultSize: number;
  readonly smallest?: number;
  readonly largest: number;
  /** An item's ID: with it, a page continues after the last item of the previous page. */
  readonly key?: (item: T) => string;
}

/**
 * Cuts a page out of a list that pages by tokens. The last page's token is the empty string, as ECS answers it.
 * @throws {AlibabaError} `InvalidMaxResults`, `InvalidNextToken`
 */
export function pageByToken<T>(
  items: readonly T[],
  { MaxResults, NextToken }: TokenPageRequest,
  { operation, list = '', defaultSize, smallest = 1, largest, key }: TokenPageRules<T>,
): { readonly items: T[]; readonly NextToken: string } {
  const size = MaxResults ?? defaultSize;
  if (!Number.isInteger(size) || size < smallest || size > largest) throw invalid('MaxResults');

  const { items: cut, next = '' } = tokenPage(items, {
    scope: `${operation.product}\n${operation.name}\n${list}`,
    size,
    token: NextToken === '' ? undefined : NextToken,
    key,
    refuse: () => invalid('NextToken'),
  });
  return { items: cut, NextToken: next };
}

const invalid = (name: string) => new AlibabaError(`Invalid${name}`, `Specified parameter ${name} is not valid.`);
