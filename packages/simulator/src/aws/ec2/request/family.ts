import type * as sdk from '@aws-sdk/client-ec2';
import { type AwsCall, type AnyOperation, ServiceError } from '../../operation/operation.js';
import { familyOf, type Family } from '../../operation/family.js';
import type { Ec2State } from '../state.js';
import type { TagRow } from '../../state/tag-row.js';
import type { FilterTable } from './filters.js';
import type { IdKind } from './ids.js';
import { listRows, type ListInput } from './list-rows.js';

/**
 * Operations of EC2. A dry run stops before any change, with the DryRunOperation error.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html (DryRun)
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: Family<typeof sdk>) => readonly AnyOperation[] = familyOf({
  service: 'ec2',
  before: (input) => {
    if ('DryRun' in input && input.DryRun === true) {
      throw new ServiceError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
    }
  },
});

/** What an operation lists: rows of the state, by IDs, filters and page. */
interface List<R, V, M, O> {
  readonly rows: (ec2: Ec2State) => ReadonlyMap<string, R>;
  /** The member of the input that names rows, and what they are. */
  readonly ids: readonly [member: M, kind: IdKind];
  /** Which rows there are, as far as the caller asks for them. */
  readonly visible?: (row: R) => boolean;
  /** The member of the output. */
  readonly as: O;
  readonly view: (row: R, call: AwsCall) => V;
  /** Its documentation names them (Filter.N). */
  readonly filters: FilterTable<R> | ((call: AwsCall) => FilterTable<R>);
  /** Bounds of MaxResults; by default 5 to 1000. */
  readonly size?: readonly [smallest: number, largest: number];
  /** What a page has if the caller names no size; by default everything. */
  readonly defaultSize?: number;
}

/** An operation that lists rows with tags. */
export function listing<
  R extends { readonly id: string; readonly tags: TagRow },
  V,
  const M extends string,
  const O extends string,
>({ rows: rowsOf, ids: [member, kind], as, view, filters, ...size }: List<R, V, M, O>) {
  return (call: AwsCall, input: ListInput & { readonly [K in M]?: string[] | undefined }, list: string) => {
    const { rows, next } = listRows(input, {
      list,
      rows: rowsOf(call.state.ec2),
      filters: typeof filters === 'function' ? filters(call) : filters,
      tagsOf: (row) => row.tags,
      ids: { wanted: input[member], kind, member: member.charAt(0).toLowerCase() + member.slice(1) },
      ...size,
    });
    return { [as]: rows.map((row) => view(row, call)), NextToken: next } as { readonly [K in O]: V[] } & {
      NextToken: string | undefined;
    };
  };
}
