import type * as sdk from '@aws-sdk/client-iam';
import { type AwsCall, type AnyOperation, type MemberLimit, ServiceError } from '../operation/operation.js';
import { collection, markedPage, tagsOf, withoutTags, familyOf, type GivenFamily } from '../operation/family.js';
import type { TagRow } from '../state/given.js';
import type { InstanceProfileRow, PolicyRow, RoleRow } from './state.js';

/**
 * Operations of IAM, a service without regions.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({ service: 'iam' });

const NAME = /^[\w+=,.@-]+$/;
export const ROLE_NAME: MemberLimit = { length: [1, 64], pattern: NAME };
export const ENTITY_NAME: MemberLimit = { length: [1, 128], pattern: NAME };
export const PATH: MemberLimit = { length: [1, 512], pattern: /^(\/|\/[!-~]+\/)$/ };
export const TAGS: Readonly<Record<string, MemberLimit>> = {
  Tags: { length: [0, 50] },
  'Tags[].Key': { length: [1, 128] },
  'Tags[].Value': { length: [0, 256] },
};

export const noSuchEntity = (message: string) => new ServiceError('NoSuchEntity', message, 404);
export const conflict = (message: string) => new ServiceError('DeleteConflict', message, 409);
export const limitExceeded = (quota: string, most: number) =>
  new ServiceError('LimitExceeded', `Cannot exceed quota for ${quota}: ${most}`, 409);
const entityExists = (message: string) => new ServiceError('EntityAlreadyExists', message, 409);

const lower = (name: string) => name.toLowerCase();
/* The sentences are those of the service, as reports of Terraform's users quote them. */
export const roles = collection<RoleRow>({
  rows: ({ aws }) => aws.iam.roles,
  key: lower,
  missing: (name) => noSuchEntity(`The role with name ${name} cannot be found.`),
  exists: (name) => entityExists(`Role with name ${name} already exists.`),
});
export const policies = collection<PolicyRow>({
  rows: ({ aws }) => aws.iam.policies,
  missing: (arn) => noSuchEntity(`Policy ${arn} was not found.`),
  exists: (arn) =>
    entityExists(`A policy called ${arn.split('/').at(-1)} already exists. Duplicate names are not allowed.`),
});
export const profiles = collection<InstanceProfileRow>({
  rows: ({ aws }) => aws.iam.instanceProfiles,
  key: lower,
  missing: (name) => noSuchEntity(`Instance Profile ${name} cannot be found.`),
  exists: (name) => entityExists(`Instance Profile ${name} already exists.`),
});

/** What every entity has. */
export function newEntity(
  call: AwsCall,
  prefix: string,
  type: string,
  name: string,
  path = '/',
  tags: readonly Tag[] = [],
) {
  return {
    id: call.id(prefix, 17, 'base36').toUpperCase(),
    name,
    arn: `arn:${call.partition}:iam::${call.account}:${type}${path}${name}`,
    path,
    createdAt: call.now,
    tags: tagsOf(tags),
  };
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}
interface Tagged {
  tags: TagRow;
}
interface Marked {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** `Tag…`, `Untag…` and `List…Tags` of a kind. */
export const tag =
  <I>(find: (call: AwsCall, input: I) => Tagged) =>
  (call: AwsCall, input: I & { readonly Tags: readonly Tag[] }) => {
    const row = find(call, input);
    const tags = { ...row.tags, ...tagsOf(input.Tags) };
    if (Object.keys(tags).length > 50) throw limitExceeded('TagsPerEntity', 50); // [U] name

    row.tags = tags;
    return {};
  };
export const untag =
  <I>(find: (call: AwsCall, input: I) => Tagged) =>
  (call: AwsCall, input: I & { readonly TagKeys: readonly string[] }) => {
    const row = find(call, input);
    row.tags = withoutTags(row.tags, input.TagKeys);
    return {};
  };

export const paged = <T>(items: readonly T[], input: Marked, list: string, key: (item: T) => string) =>
  markedPage(items, input, { service: 'iam', list, key });

/** A page of entities, by path prefix, sorted by name. */
export const entities = <R extends { readonly name: string; readonly path: string; readonly arn: string }>(
  rows: readonly R[],
  input: Marked & { readonly PathPrefix?: string | undefined },
  list: string,
) =>
  paged(
    rows.filter(({ path }) => path.startsWith(input.PathPrefix ?? '/')).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    input,
    list,
    ({ arn }) => arn,
  );

/** A policy as IAM shows it: percent-encoded. */
export const encoded = (document: string) => encodeURIComponent(document);

/** @throws {ServiceError} `MalformedPolicyDocument` for what is not a JSON object; `LimitExceeded` */
export function checkDocument(document: string, most = Number.POSITIVE_INFINITY, quota = ''): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch {
    parsed = undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) {
    throw new ServiceError('MalformedPolicyDocument', 'This policy contains invalid Json');
  }
  if (document.replaceAll(/\s/g, '').length > most) throw limitExceeded(quota, most); // "IAM does not count white space"

  return document;
}
