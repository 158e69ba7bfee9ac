import type { GatewayInstanceRow } from '../state.js';

/**
 * The capacity of the eight instance types. Any name of the two series is accepted, such as a shorter one (`api.s2.x2`), which some
 * pages have; one without a number is as large as the largest.
 * @see https://www.alibabacloud.com/help/en/api-gateway/latest/dedicated-instances
 */
const RPS: Readonly<Record<string, number>> = {
  'api.s1.small': 2500,
  'api.s1.medium': 5000,
  'api.s2.large': 10_000,
  'api.s2.large.x2': 20_000,
  'api.s2.large.x3': 30_000,
  'api.s2.large.x4': 40_000,
  'api.s2.large.x5': 50_000,
  'api.s2.large.x6': 60_000,
};

/** Requests a second. Five hundred on the shared instance, per group. */
export function rpsOf(spec: string): number {
  return spec === 'shared' ? 500 : (RPS[spec.replace(/^api\.s2\.x/, 'api.s2.large.x')] ?? 60_000);
}

/** A spec of one of the two series that are sold. */
export const SPEC_NAME = /^api\.s[12]\.[a-z0-9]+(?:\.x[2-6])?$/;

/** 99.95 % of the s1 series, 99.99 % of s2. */
export function slaOf(spec: string): string {
  return spec.startsWith('api.s1.') ? '99.95%' : '99.99%';
}

/** The instance that every account has. */
export const SHARED_INSTANCE_ID = 'api-shared-vpc-001';

/** What is the same for every new instance. */
export const newInstance: Omit<
  GatewayInstanceRow,
  'id' | 'name' | 'kind' | 'spec' | 'zoneId' | 'createdAt' | 'internetEgressAddress'
> = {
  status: 'CREATING',
  chargeType: 'PayAsYouGo',
  httpsPolicy: 'HTTPS2_TLS1_0',
  expiresAt: undefined,
  connection: undefined,
  vpcEgressAddress: '',
  newVpcEgressAddress: '',
  ipv6: false,
  egressIpv6: false,
  vpcSlbIntranet: false,
  intranetSegments: '',
  maintainStartTime: '22:00Z',
  maintainEndTime: '01:00Z',
};

/** The shared instance of a new region. */
export function sharedInstance(zoneId: string, createdAt: number): GatewayInstanceRow {
  return {
    ...newInstance,
    id: SHARED_INSTANCE_ID,
    name: 'Shared instance',
    kind: 'shared',
    status: 'RUNNING',
    spec: 'shared',
    zoneId,
    createdAt,
    internetEgressAddress: '47.241.89.244',
    vpcEgressAddress: '100.104.254.0/26',
  };
}
