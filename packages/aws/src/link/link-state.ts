import type { LinkState } from '@postern/core';
import type { LinkStatus } from '@postern/core/adapter';

/**
 * The states of VPC links V1 and V2. A V2 link that is unused for sixty days is INACTIVE and has no interfaces; traffic
 * wakes it, and then it has other addresses. A V1 link is never INACTIVE.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_VpcLink.html
 */
const STATES: ReadonlyMap<string, LinkState> = new Map([
  ['PENDING', 'pending'],
  ['AVAILABLE', 'ready'],
  ['INACTIVE', 'inactive'],
  ['FAILED', 'failed'],
  ['DELETING', 'deleting'],
]);

/** Of several links with one mark the most usable comes first. */
const USABLE: readonly LinkState[] = ['ready', 'inactive', 'pending', 'unknown', 'failed', 'deleting'];

/** The state of a link, from its ID, its state and the sentence about it as API Gateway has them. */
export function statusOf(id = '', nativeState = '', message?: string): Omit<LinkStatus, 'kind'> {
  return { id, state: STATES.get(nativeState) ?? 'unknown', nativeState, reason: message || undefined };
}

/** The most usable state first. Of two equal ones the older is, then the one whose ID sorts first. V1 links have no date. */
export function byUse(
  a: Pick<LinkStatus, 'id' | 'state'>,
  b: Pick<LinkStatus, 'id' | 'state'>,
  createdMs: readonly [a: number, b: number] = [0, 0],
): number {
  return USABLE.indexOf(a.state) - USABLE.indexOf(b.state) || createdMs[0] - createdMs[1] || (a.id < b.id ? -1 : 1);
}
