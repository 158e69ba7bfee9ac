import { raise } from '../../simulation/raise.js';
import type * as sdk from '@aws-sdk/client-servicediscovery';
import type { FilterCondition, Tag as WireTag } from '@aws-sdk/client-servicediscovery';
import { type MemberLimit, type AnyOperation, ServiceError, errorsOf, type AwsCall } from '../operation/operation.js';
import {
  page,
  type Page,
  familyOf,
  type GivenFamily,
  mergedTags,
  tagList,
  withoutTags,
  limited,
} from '../operation/family.js';
import { ownValue } from '../../simulation/own-value.js';
import type { Given, TagRow } from '../state/given.js';

/** A filter of a list operation. */
export interface Filter {
  readonly Name: string;
  readonly Values: readonly string[];
  readonly Condition?: FilterCondition | undefined;
}

/** One filter that a list accepts: the text of a row that it compares, and the conditions that it accepts. */
interface FilterDefinition<T> {
  readonly value: (row: T) => string | undefined;
  /** Another text that means the same, such as an ARN beside an id. */
  readonly also?: (row: T) => string | undefined;
  readonly conditions: readonly FilterCondition[];
  /** The only values that it accepts. */
  readonly values?: readonly string[];
}

export type FilterTable<T> = Readonly<Record<string, FilterDefinition<T>>>;

/**
 * The rows that pass every filter.
 * @throws {ServiceError} `InvalidInput` for an unknown name, a condition or number of values that it does
 * not accept.
 */
export function filtered<T>(table: FilterTable<T>, rows: readonly T[], filters: readonly Filter[] | undefined): T[] {
  const tests = (filters ?? []).map((filter) => compile(table, filter));
  return rows.filter((row) => tests.every((test) => test(row)));
}

function compile<T>(table: FilterTable<T>, filter: Filter): (row: T) => boolean {
  const { Name: name, Values: values, Condition: condition = 'EQ' } = filter;
  const definition = ownValue(table, name) ?? raise(invalidInput(`Unsupported filter name: ${name}`));

  if (!definition.conditions.includes(condition)) {
    throw invalidInput(`Filter condition ${condition} is not supported for filter ${name}`);
  }

  const stranger = values.find((value) => definition.values?.includes(value) === false);
  if (stranger !== undefined) throw invalidInput(`Unsupported value for filter ${name}: ${stranger}`);

  const [first, second] = values;
  if (first === undefined) throw invalidInput(`Filter ${name} must have a value`);

  const texts = (row: T): string[] =>
    [definition.value(row), definition.also?.(row)].filter((text) => text !== undefined);
  if (condition === 'IN') return (row) => texts(row).some((text) => values.includes(text));
  if (second !== undefined) throw invalidInput(`Filter ${name} with condition ${condition} must have one value`);

  const passes = (text: string): boolean => (condition === 'BEGINS_WITH' ? text.startsWith(first) : text === first);
  return (row) => texts(row).some(passes);
}

/*
 * Lengths, ranges, patterns and values of members that several operations share, from the service's public API model.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/
 */
type Limits = Readonly<Record<string, MemberLimit>>;

export const ID: MemberLimit = { length: [0, 255] };
export const INSTANCE_ID: MemberLimit = { length: [0, 64] };
export const REQUEST_ID: MemberLimit = { length: [0, 64] };
export const DESCRIPTION: MemberLimit = { length: [0, 1024] };
export const TTL: MemberLimit = { range: [0, 2_147_483_647] };
export const OWNER: MemberLimit = { length: [12, 12] };
export const ATTRIBUTE_VALUE: MemberLimit = {
  length: [0, 1024],
  pattern: /^([a-zA-Z0-9!-~][ \ta-zA-Z0-9!-~]*){0,1}[a-zA-Z0-9!-~]{0,1}$/,
};
export const NAMESPACE_NAME: MemberLimit = { length: [0, 1024], pattern: /^[!-~]{1,1024}$/ };
export const SERVICE_NAME: MemberLimit = {
  pattern:
    /((?=^.{1,127}$)^([a-zA-Z0-9_][a-zA-Z0-9-_]{0,61}[a-zA-Z0-9_]|[a-zA-Z0-9])(\.([a-zA-Z0-9_][a-zA-Z0-9-_]{0,61}[a-zA-Z0-9_]|[a-zA-Z0-9]))*$)|(^\.$)/,
};

export const TAGS: Limits = {
  Tags: { length: [0, 200] },
  'Tags[].Key': { length: [1, 128] },
  'Tags[].Value': { length: [0, 256] },
};
const ARN: Limits = { ResourceARN: { length: [1, 1011] } };

/** Pages: 100 items by default, or fewer where requested. */
export const PAGE: Limits = { MaxResults: { range: [1, 100] }, NextToken: { length: [0, 4096] } };
export const PAGE_SIZE = 100;

export const FILTERS: Limits = {
  'Filters[].Values[]': { length: [1, 255] },
  'Filters[].Condition': { values: ['EQ', 'IN', 'BETWEEN', 'BEGINS_WITH'] },
};

export const dnsRecords = (member: string): Limits => ({
  [`${member}.DnsRecords[].Type`]: { values: ['SRV', 'A', 'AAAA', 'CNAME'] },
  [`${member}.DnsRecords[].TTL`]: TTL,
});
export const healthCheckLimits = (member: string): Limits => ({
  [`${member}.Type`]: { values: ['HTTP', 'HTTPS', 'TCP'] },
  [`${member}.ResourcePath`]: { length: [0, 255] },
  [`${member}.FailureThreshold`]: { range: [1, 10] },
});

/*
 * All have status 400, as each error of the reference says, whatever the SDK's model has. Wordings come from published error
 * reports where there are any.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_DeleteNamespace.html
 * @see https://github.com/kubernetes-sigs/external-dns/issues/5180
 */

export const invalidInput = errorsOf('InvalidInput');

export const namespaceNotFound = (id: string) => new ServiceError('NamespaceNotFound', `Namespace not found: ${id}`);

export const serviceNotFound = (id: string) => new ServiceError('ServiceNotFound', `Service not found: ${id}`);

export const instanceNotFound = (id: string) => new ServiceError('InstanceNotFound', `Instance not found: ${id}`);

export const inUse = errorsOf('ResourceInUse');

export const limitExceeded = errorsOf('ResourceLimitExceeded');

/**
 * Operations of Cloud Map.
 * @see https://docs.aws.amazon.com/cloud-map/latest/api/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({
  service: 'servicediscovery',
});

export const pageOf = <R extends { readonly fields: { readonly Id: string } }>(
  list: string,
  rows: readonly R[],
  {
    MaxResults: size,
    NextToken: token,
  }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): Page<R> =>
  page(rows, { size, token }, { service: 'servicediscovery', list, largest: PAGE_SIZE, key: (row) => row.fields.Id });

type Tag = Given<WireTag>;

/** @see https://docs.aws.amazon.com/cloud-map/latest/dg/tagging-resources.html */
const REFUSALS = {
  twice: (key: string) => invalidInput(`Duplicate tag key: ${key}`),
  reserved: (key: string) => invalidInput(`Tag keys starting with 'aws:' are reserved: ${key}`),
  tooMany: (most: number) => new ServiceError('TooManyTagsException', `A resource can have at most ${most} tags`),
};

/** Anything of this service that bears tags. */
interface Tagged {
  tags: TagRow;
}

/** Tags of a new resource. @throws {ServiceError} `InvalidInput`, `TooManyTagsException`. */
export const newTags = (tags: readonly Tag[] | undefined): TagRow => mergedTags({}, tags ?? [], REFUSALS);

/** The namespace or service of an ARN. @throws {ServiceError} `ResourceNotFoundException`, `InvalidInput`. */
function taggedResource(call: AwsCall, arn: string): Tagged {
  const [, kind = '', id = ''] =
    /^arn:[\w-]+:servicediscovery:[\w-]+:\d{12}:(namespace|service)\/([\w-]+)$/.exec(arn) ?? [];
  if (id === '') throw invalidInput(`Invalid ARN: ${arn}`);

  const { namespaces, services } = call.state.cloudMap;
  const row = kind === 'namespace' ? namespaces.get(id) : services.get(id);
  if (row === undefined || row.fields.Arn !== arn) {
    throw new ServiceError('ResourceNotFoundException', `Resource not found: ${arn}`, 400);
  }

  return row;
}

export const tagOperations = family({
  /** Adds tags to a namespace or service, or replaces their values. */
  TagResource: limited({ ...ARN, ...TAGS }, (call, input) => {
    const owner = taggedResource(call, input.ResourceARN);
    owner.tags = mergedTags(owner.tags, input.Tags, REFUSALS);
    return {};
  }),

  /** Removes tags of a namespace or service; keys that are not there are no error. */
  UntagResource: {
    limits: { ...ARN, TagKeys: { length: [0, 200] }, 'TagKeys[]': { length: [1, 128] } },
    run(call, input) {
      const owner = taggedResource(call, input.ResourceARN);
      owner.tags = withoutTags(owner.tags, input.TagKeys);
      return {};
    },
  },

  /** The tags of a namespace or service. */
  ListTagsForResource: limited(ARN, (call, input) => ({ Tags: tagList(taggedResource(call, input.ResourceARN).tags) })),
});
