import type { GatewayInstanceRow } from '../state.js';

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
