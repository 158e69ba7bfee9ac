import { page } from '../operation/page.js';

/** `MaxResults` (a string in this API) and `NextToken`. */
export interface ListInput {
  readonly MaxResults?: string | undefined;
  readonly NextToken?: string | undefined;
}

/**
 * One page of a list: 25 items by default, at most 500. The bounds are those of REST APIs; for V2 none are
 * published [U].
 * @param list the operation's name, and the API's id where there is one
 */
export function listPage<T>(
  rows: Iterable<T>,
  input: ListInput,
  list: string,
  key: (row: T) => string,
): { Items: T[]; NextToken?: string | undefined } {
  const { items, next } = page(
    [...rows],
    { size: input.MaxResults, token: input.NextToken },
    { service: 'apigatewayv2', list, defaultSize: 25, largest: 500, key },
  );
  return next === undefined ? { Items: items } : { Items: items, NextToken: next };
}
