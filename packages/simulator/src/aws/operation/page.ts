import { tokenPage, type TokenPage } from '../../simulation/dispatch/token-page.js';
import type { ServiceName } from './operation.js';
import { words } from './words.js';

/** The page parameters of a request. */
export interface PageRequest {
  /** `MaxResults`, `PageSize`, `Limit`, …; API Gateway's is a string. */
  readonly size?: number | string | undefined;
  /** `NextToken` or `Marker`, as an earlier answer gave it. */
  readonly token?: string | undefined;
}

/** How one list operation pages. */
export interface PageRules<T> {
  readonly service: ServiceName;
  /** Which list: the operation's name, and whatever else must be the same on every page (the API's id, the parent's ARN). */
  readonly list: string;
  /** Items on a page when the caller names no size, by default `largest`; `Infinity` where the service then answers everything. */
  readonly defaultSize?: number;
  /** The largest size that a caller may ask for. A larger one is refused, unless `clamp` is set. */
  readonly largest: number;
  /** The smallest, by default 1 (most of EC2: 5). */
  readonly smallest?: number;
  /** A size that is too large is cut to `largest` instead of being refused. */
  readonly clamp?: true;
  /**
   * An item's ID: with it, a page continues after the last item of the previous page, even if items were
   * added or deleted since.
   */
  readonly key?: (item: T) => string;
}

/** A page, and the token of the next one, if there is one. */
export type Page<T> = TokenPage<T>;

/**
 * Returns one page of a list. Tokens are opaque and belong to their list. A token of another list, or one
 * that the service did not issue, is refused in the service's words. A size out of bounds is refused as
 * well.
 * @throws {ServiceError} what the service answers to a bad size or token
 */
export function page<T>(items: readonly T[], request: PageRequest, rules: PageRules<T>): Page<T> {
  return tokenPage(items, {
    scope: `${rules.service}\n${rules.list}`,
    size: pageSize(request.size, rules),
    token: request.token,
    key: rules.key,
    refuse: (token) => words(rules.service).pageToken(token),
  });
}

function pageSize<T>(asked: number | string | undefined, rules: PageRules<T>): number {
  if (asked === undefined) return rules.defaultSize ?? rules.largest;

  const smallest = rules.smallest ?? 1;
  const size = typeof asked === 'number' ? asked : /^\d{1,9}$/.test(asked) ? Number(asked) : Number.NaN;
  if (rules.clamp && size > rules.largest) return rules.largest;
  if (!Number.isInteger(size) || size < smallest || size > rules.largest)
    throw words(rules.service).pageSize(asked, smallest, rules.largest);

  return size;
}
