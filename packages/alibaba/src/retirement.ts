import type { Retirement } from '@postern/core/adapter';

/** The provider's announcement. */
const RETIREMENT_SOURCE =
  'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/what-is-api-gateway';

/**
 * When API Gateway (Traditional) ends, in Beijing time.
 */
const RETIREMENT = {
  /** No new purchases since this day. */
  saleEnds: '2026-08-23T00:00:00+08:00',
  /** No renewals and upgrades after it. */
  renewalEnds: '2027-03-21T00:00:00+08:00',
  /** Off. */
  serviceEnds: '2027-09-21T00:00:00+08:00',
} as const;

/** The days as core's driver and snapshots have them. */
export const ENDS: readonly Retirement[] = [
  { at: RETIREMENT.saleEnds, what: 'new instances are no longer sold', ends: 'sale', source: RETIREMENT_SOURCE },
  { at: RETIREMENT.renewalEnds, what: 'renewals and upgrades end', ends: 'renewal', source: RETIREMENT_SOURCE },
  { at: RETIREMENT.serviceEnds, what: 'the service ends', ends: 'service', source: RETIREMENT_SOURCE },
];

/** The remedy for the creation of an instance after the end of sales. */
export const CREATION_CLOSED_REMEDY =
  'Adopt an instance that exists (links.<name>.id), or move to Cloud-native API Gateway: sales ended on 2026-08-23, ' +
  'renewals end on 2027-03-21, and the service on 2027-09-21.';
