import type { Tag, TagSpecification, ResourceType } from '@aws-sdk/client-ec2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { TagRow } from '../../state/tag-row.js';
import { invalidValue } from './text-rules.js';
import type { Ec2State } from '../state.js';
import { checkId, ID, notFound, rowsOf, type RowKind, type TaggedRow } from './ids.js';

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
