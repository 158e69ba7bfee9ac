import { page, type Page } from '../operation/page.js';
import { PAGE_SIZE } from './limits.js';

/**
 * A page of a list of this service. `list` is the operation's name, and what else must be the same on every
 * page (a parent's ARN). `key` is an item's ID, after which the next page continues.
 * @throws {ServiceError} for a size out of bounds or a marker of another list
 */
export function paged<T>(
  list: string,
  items: readonly T[],
  { PageSize, Marker }: { readonly PageSize?: number | undefined; readonly Marker?: string | undefined },
  key: (item: T) => string,
): Page<T> {
  return page(
    items,
    { size: PageSize, token: Marker },
    { service: 'elasticloadbalancingv2', list, defaultSize: PAGE_SIZE, largest: PAGE_SIZE, key },
  );
}
