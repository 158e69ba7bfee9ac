import type { TagRow } from '../../state/tag-row.js';

/** A VPC endpoint: of a gateway by routes, of an interface by interfaces in subnets. */
export interface VpcEndpointRow {
  readonly id: string;
  readonly vpcId: string;
  readonly serviceName: string;
  readonly type: 'Gateway' | 'Interface';
  readonly createdAt: number;
  state: 'pending' | 'available' | 'deleting';
  policy: string;
  routeTableIds: string[];
  groupIds: string[];
  /** The interface in each subnet. */
  interfaces: Record<string, string>;
  privateDnsEnabled: boolean;
  ipAddressType: 'ipv4' | 'dualstack' | 'ipv6';
  tags: TagRow;
}

export interface VpcEndpointState {
  readonly vpcEndpoints: Map<string, VpcEndpointRow>;
}
