import type * as sdk from '@aws-sdk/client-route-53';
import type { ChangeInfo, ResourceTagSet, TagResourceType } from '@aws-sdk/client-route-53';
import { type AwsCall, type AnyOperation, type MemberLimit, ServiceError } from '../operation/operation.js';
import { collection, familyOf, type GivenFamily, page, tagList, tagsOf, withoutTags } from '../operation/family.js';
import type { ChangeRow, HostedZoneRow } from './state.js';

/**
 * Operations of Route 53, a service without regions.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_Operations_Amazon_Route_53.html
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({ service: 'route53' });

export const ZONE_ID: MemberLimit = { length: [1, 44] }; // 32, and the prefix that the SDK's clients remove
export const DNS_NAME: MemberLimit = { length: [1, 1024] };
export const COMMENT: MemberLimit = { length: [0, 256] };
/** "Changes generally propagate to all Route 53 name servers within 60 seconds" (`API_GetChange.html`). */
const PROPAGATION_MS = 60_000;

export const invalidInput = (message: string) => new ServiceError('InvalidInput', message);

const zones = collection<HostedZoneRow>({
  rows: ({ aws }) => aws.route53.zones,
  key: (id) => id.replace(/^\/?hostedzone\//, ''),
  // As reports of Terraform's users quote it.
  missing: (id) => new ServiceError('NoSuchHostedZone', `No hosted zone found with ID: ${id}`, 404),
  exists: (id) => new ServiceError('HostedZoneAlreadyExists', `A hosted zone ${id} exists already.`, 409),
});
export { zones };

const changes = collection<ChangeRow>({
  rows: ({ aws }) => aws.route53.changes,
  key: (id) => id.replace(/^\/?change\//, ''),
  missing: (id) => new ServiceError('NoSuchChange', `Could not find resource with ID: ${id}`, 404), // [U] words
  exists: (id) => new ServiceError('PriorRequestNotComplete', `The change ${id} exists already.`),
});

/** A change that begins now. */
export function change(call: AwsCall, comment?: string): ChangeInfo {
  const id = `C0${call.id('', 19, 'base36').toUpperCase()}`;
  return changeView(call, changes.add(call, id, { id, submittedAt: call.now, comment }));
}

export const getChange = (call: AwsCall, id: string): ChangeInfo => changeView(call, changes.get(call, id));

const changeView = (call: AwsCall, { id, submittedAt, comment }: ChangeRow): ChangeInfo => ({
  Id: `/change/${id}`,
  Status: call.now < submittedAt + PROPAGATION_MS ? 'PENDING' : 'INSYNC',
  SubmittedAt: new Date(submittedAt),
  Comment: comment,
});

/** A page of at most 100. A larger size is cut. */
export const paged = <T>(
  items: readonly T[],
  request: { readonly size: number | undefined; readonly token?: string | undefined },
  list: string,
  { key, largest = 100 }: { readonly key: (item: T) => string; readonly largest?: number },
) => page(items, request, { service: 'route53', list, defaultSize: largest, largest, clamp: true, key });

const TYPE = { ResourceType: { values: ['healthcheck', 'hostedzone'] } };

/** Tags of hosted zones. */
export const tagOperations = family({
  ChangeTagsForResource: {
    limits: {
      ...TYPE,
      AddTags: { length: [1, 10] },
      'AddTags[].Key': { length: [0, 128] },
      'AddTags[].Value': { length: [0, 256] },
      RemoveTagKeys: { length: [1, 10] },
    },
    run(call, { ResourceType, ResourceId, AddTags, RemoveTagKeys }) {
      const row = tagged(call, ResourceType, ResourceId);
      if (!AddTags && !RemoveTagKeys) throw invalidInput('At least one of AddTags and RemoveTagKeys is required.'); // [U]

      row.tags = { ...withoutTags(row.tags, RemoveTagKeys), ...tagsOf(AddTags) };
      return {};
    },
  },

  ListTagsForResource: {
    limits: TYPE,
    run: (call, { ResourceType, ResourceId }) => ({ ResourceTagSet: tagSet(call, ResourceType, ResourceId) }),
  },
});

function tagSet(call: AwsCall, type: TagResourceType, id: string): ResourceTagSet {
  const row = tagged(call, type, id);
  return { ResourceType: type, ResourceId: row.id, Tags: tagList(row.tags) };
}

function tagged(call: AwsCall, type: TagResourceType, id: string): HostedZoneRow {
  if (type === 'hostedzone') return zones.get(call, id);

  throw new ServiceError('NoSuchHealthCheck', `A health check with id ${id} does not exist.`, 404); // [U] words
}
