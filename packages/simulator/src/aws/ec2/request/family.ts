import type * as sdk from '@aws-sdk/client-ec2';
import type { Filter, Tag, TagSpecification, ResourceType } from '@aws-sdk/client-ec2';
import { type AwsCall, type AnyOperation, ServiceError } from '../../operation/operation.js';
import { familyOf, type Family } from '../../operation/family.js';
import { shownFilters, type FilterValues, listRows, type Listing, type ListInput } from './filters.js';
import { rowsOf, type Part, type RowKind, type RowOf, checkId, ID, notFound, type TaggedRow } from './ids.js';
import type { TagRow } from '../../state/given.js';
import { invalidValue } from './text-rules.js';
import type { Ec2State } from '../state.js';

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

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const MOST_TAGS = 50;
const LONGEST_KEY = 127;
const LONGEST_VALUE = 255;

/** Tags as the API shows them. */
export function tagList(tags: TagRow): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The same where EC2 leaves the list out when there are none. */
export function tagListOrNone(tags: TagRow): Tag[] | undefined {
  const list = tagList(tags);
  return list.length > 0 ? list : undefined;
}

/**
 * The types whose create calls respond with `InvalidParameter`; all others respond with
 * `InvalidParameterValue`.
 * @see https://github.com/getmoto/moto/issues/6839 (CreateSubnet), https://github.com/mulgadc/spinifex (codes by operation)
 */
const INVALID_PARAMETER = new Set(['vpc', 'subnet', 'network-interface', 'security-group-rule']);

/**
 * The tags that a create call gives the new resource.
 * @throws {ServiceError} `InvalidParameter` or `InvalidParameterValue` where the specification is for
 * another type; errors of {@link setTags}.
 */
export function tagsFrom(specifications: readonly TagSpecification[] | undefined, resourceType: string): TagRow {
  const tags: TagRow = {};
  const invalid = (message: string): ServiceError =>
    INVALID_PARAMETER.has(resourceType) ? new ServiceError('InvalidParameter', message) : invalidValue(message);
  for (const { ResourceType, Tags } of specifications ?? []) {
    if (ResourceType === undefined) throw invalid('Tag specification resource type must have a value');
    if (ResourceType !== resourceType) {
      throw invalid(`'${ResourceType}' is not a valid taggable resource type for this operation.`);
    }
    if (Tags === undefined || Tags.length === 0) throw invalid('Tag specification must have at least one tag');

    setTags(tags, Tags);
  }
  return tags;
}

/**
 * Adds tags, and gives existing ones their new values.
 * @throws {ServiceError} `InvalidParameterValue`, `InvalidTagKey.Malformed`, `TagLimitExceeded`.
 */
export function setTags(tags: TagRow, added: readonly Tag[]): void {
  const seen = new Set<string>();
  for (const { Key = '' } of added) {
    if (Key === '') throw new ServiceError('InvalidTagKey.Malformed', 'Tag keys cannot be empty or null.');
    if (seen.has(Key)) throw invalidValue(`Duplicate tag key '${Key}' specified.`);

    seen.add(Key);
    if (Key.toLowerCase().startsWith('aws:')) {
      throw invalidValue(`Tag keys starting with 'aws:' are reserved for internal use`);
    }
    if (Key.length > LONGEST_KEY) throw invalidValue(`Tag key exceeds the maximum length of ${LONGEST_KEY} characters`);
  }
  for (const { Value = '' } of added) {
    if (Value.length > LONGEST_VALUE) {
      throw invalidValue(`Tag value exceeds the maximum length of ${LONGEST_VALUE} characters`);
    }
  }
  for (const key of Object.keys(tags)) if (!key.startsWith('aws:')) seen.add(key);
  if (seen.size > MOST_TAGS) {
    throw new ServiceError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
  }

  for (const { Key = '', Value = '' } of added) {
    // Defined, not assigned: `__proto__` is a key like any other.
    Object.defineProperty(tags, Key, { value: Value, writable: true, enumerable: true, configurable: true });
  }
}

/** All taggable resources. */
const TAGGABLE: readonly RowKind[] = Object.values(ID);

/** The kind of resource that an ID is of, by its prefix. */
export function kindOfId(id: string): RowKind | undefined {
  return TAGGABLE.find(({ prefix }) => id.startsWith(prefix));
}

/** `arn:aws:ec2:us-east-1:111122223333:network-interface/eni-…` */
export function arnOf(
  call: Pick<AwsCall, 'partition' | 'region' | 'account'>,
  id: string,
  owner = call.account,
): string {
  return `arn:${call.partition}:ec2:${call.region}:${owner}:${kindOfId(id)?.type ?? ''}/${id}`;
}

/** @throws {ServiceError} the kind's `…NotFound` or `…Malformed`; `InvalidID` for an id of no kind that is known. */
export function taggedRow(ec2: Ec2State, id: string): TaggedRow {
  const kind = kindOfId(id);
  if (kind === undefined) throw new ServiceError('InvalidID', `The ID '${id}' is not valid`);

  const row = rowsOf(ec2, kind).get(id);
  if (row !== undefined) return row;

  checkId(id, kind);
  throw notFound(kind, id);
}

/** Everything that bears tags, with what it is. */
export function* taggedRows(ec2: Ec2State): Generator<TaggedRow & { readonly type: ResourceType }> {
  for (const kind of TAGGABLE) {
    for (const { id, tags } of rowsOf(ec2, kind).values()) yield { id, tags, type: kind.type };
  }
}
