import type { AwsCall } from '../operation/call.js';
import { page } from '../operation/page.js';
import type { DirectConnectState } from './state.js';

/** The largest page. A larger requested size is cut to it. */
const LARGEST_PAGE = 100;

/** The members that Direct Connect's lists have in common. */
interface ListInput {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/**
 * Cuts a page out of a list.
 * @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DescribeVirtualInterfaces.html (maxResults)
 * @throws {ServiceError} `DirectConnectClientException`.
 */
export function pageOf<R extends { readonly id: string }>(
  list: string,
  rows: readonly R[],
  { maxResults, nextToken }: ListInput,
): { readonly items: readonly R[]; readonly next: string | undefined } {
  return page(
    rows,
    { size: maxResults, token: nextToken },
    {
      service: 'directconnect',
      list,
      defaultSize: LARGEST_PAGE,
      largest: LARGEST_PAGE,
      clamp: true,
      key: ({ id }) => id,
    },
  );
}

/** Gateways are global: each region's rows are seen from every region. */
export function everywhere<R>(
  { aws }: AwsCall,
  part: (state: DirectConnectState) => ReadonlyMap<string, R>,
): { readonly region: string; readonly row: R }[] {
  return [...aws.regions.values()].flatMap(({ name, directConnect }) =>
    [...part(directConnect).values()].map((row) => ({ region: name, row })),
  );
}

/** Whether a row has the value that a caller asks for, if any. */
export function isAsked<T>(value: T, asked: T | undefined): boolean {
  return asked === undefined || asked === value;
}
