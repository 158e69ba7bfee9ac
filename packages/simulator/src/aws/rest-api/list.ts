import { page } from '../operation/page.js';

/** `limit` and `position`. */
export interface ListInput {
  readonly limit?: number | undefined;
  readonly position?: string | undefined;
}

/**
 * One page of a list: 25 items by default, at most 500.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html
 * @param list the operation's name, and the API's ID where there is one
 */
export function listPage<T>(
  rows: Iterable<T>,
  { limit, position }: ListInput,
  list: string,
  key: (row: T) => string,
): { items: T[]; position?: string | undefined } {
  const { items, next } = page(
    [...rows],
    { size: limit, token: position },
    { service: 'apigateway', list, defaultSize: 25, largest: 500, key },
  );
  return next === undefined ? { items } : { items, position: next };
}
