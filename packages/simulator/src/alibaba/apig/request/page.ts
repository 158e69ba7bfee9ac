import { refusals } from './refusals.js';

export interface PageRequest {
  readonly pageNumber?: number | undefined;
  readonly pageSize?: number | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly pageNumber: number;
  readonly pageSize: number;
  readonly totalSize: number;
}

/** Documented for services, APIs, routes and operations; taken for all lists. */
const LARGEST = 100;

/** Cuts a page out of a list: from 1, ten items by default. @throws {AlibabaError} `InvalidParameter` */
export function page<T>(items: readonly T[], { pageNumber = 1, pageSize = 10 }: PageRequest): Page<T> {
  if (pageNumber < 1) throw refusals.invalid('pageNumber');
  if (pageSize < 1 || pageSize > LARGEST) throw refusals.invalid('pageSize', `It is 1 to ${LARGEST}.`);
  const start = (pageNumber - 1) * pageSize;
  return { items: items.slice(start, start + pageSize), pageNumber, pageSize, totalSize: items.length };
}

/** Rows that appear in lists some seconds after they were created: 0 to 10 here [I]. */
export const LIST_LAG_MS = 10_000;

/** Whether a list shows a row already. */
export const isListed =
  (now: number) =>
  ({ listedFrom }: { readonly listedFrom: number }): boolean =>
    listedFrom <= now;

/** Whether a filter lets a value through: one that is not given, or empty, lets everything. */
export const admits = (asked: string | undefined, value: string): boolean =>
  asked === undefined || asked === '' || asked === value;

/** The same for a part of a text. */
export const admitsPart = (asked: string | undefined, value: string): boolean =>
  asked === undefined || value.includes(asked);
