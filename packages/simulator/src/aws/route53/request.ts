import type * as sdk from '@aws-sdk/client-route-53';
import type { ChangeInfo } from '@aws-sdk/client-route-53';
import { type AwsCall, type AnyOperation, type MemberLimit, ServiceError } from '../operation/operation.js';
import { collection } from '../operation/collection.js';
import { familyOf, type GivenFamily } from '../operation/family.js';
import { page } from '../operation/page.js';
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
