import type * as sdk from '@aws-sdk/client-ec2';
import { type AwsCall, type AnyOperation, ServiceError } from '../../operation/operation.js';
import { familyOf, type Family } from '../../operation/family.js';
import type { Filter } from '@aws-sdk/client-ec2';
import { shownFilters, type FilterValues } from './filters.js';
import { rowsOf, type Part, type RowKind, type RowOf } from './ids.js';
import { listRows, type Listing, type ListInput } from './list-rows.js';

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

/** What an operation lists: rows of a kind, by IDs, filters and page. */
interface List<P extends Part, M extends string, V, O, I> extends Pick<Listing<RowOf<P>>, 'size' | 'defaultSize'> {
  readonly of: RowKind<P, M>;
  /** The member of the output. */
  readonly as: O;
  readonly view: (row: RowOf<P>, call: AwsCall) => V;
  /** Its documentation names them (Filter.N): those by what rows show, as {@link shownFilters} has them, and others. */
  readonly filters?: string;
  readonly otherFilters?: Readonly<Record<string, (row: RowOf<P>, call: AwsCall) => FilterValues>>;
  /** Whether an answer to this request can have the row. */
  readonly visible?: (row: RowOf<P>, input: I) => boolean;
  /** Whether filters know tags; by default they do. */
  readonly tagged?: false;
}

/** The members of a request that names rows of a kind: `SubnetIds`. */
type NamedRows<M extends string> = { readonly [K in `${Capitalize<M>}s`]?: string[] | undefined };

/** An operation that lists rows. Some have their filters in `Filter`. */
export function listing<
  P extends Part,
  M extends string,
  V,
  const O extends string,
  I extends ListInput & NamedRows<M> & { readonly Filter?: Filter[] | undefined },
>({ of: kind, as, view, filters = '', otherFilters = {}, visible, tagged, ...size }: List<P, M, V, O, I>) {
  const member = `${kind.member}s`;
  const names = `${member.charAt(0).toUpperCase()}${member.slice(1)}` as keyof I;
  return (call: AwsCall, input: I, list: string) => {
    const others = Object.entries(otherFilters).map(
      ([name, values]) => [name, (row: RowOf<P>) => values(row, call)] as const,
    );
    const { rows, next } = listRows<RowOf<P>>(
      { ...input, Filters: input.Filters ?? input.Filter },
      {
        list,
        rows: rowsOf(call.state.ec2, kind),
        filters: {
          ...shownFilters(filters, (row: RowOf<P>) => view(row, call) as object),
          ...Object.fromEntries(others),
        },
        tagsOf: tagged === false ? undefined : (row) => row.tags,
        ids: { wanted: input[names] as string[] | undefined, kind, member },
        visible: visible && ((row) => visible(row, input)),
        ...size,
      },
    );
    return { [as]: rows.map((row) => view(row, call)), NextToken: next } as { readonly [K in O]: V[] } & {
      NextToken: string | undefined;
    };
  };
}
