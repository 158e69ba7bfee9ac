import { page, type Page } from '../operation/page.js';

/** A page of names or ARNs. A larger size than the largest is refused; the wording is [U]. */
export function listed(
  list: string,
  items: readonly string[],
  {
    maxResults: size,
    nextToken: token,
  }: { readonly maxResults?: number | undefined; readonly nextToken?: string | undefined },
  defaultSize = 100,
): Page<string> {
  return page(items, { size, token }, { service: 'ecs', list, defaultSize, largest: 100, key: (item) => item });
}
