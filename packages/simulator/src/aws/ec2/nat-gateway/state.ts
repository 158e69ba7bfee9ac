import type { TagRow } from '../../state/tag-row.js';

/** An Elastic IP address. */
export interface AddressRow {
  /** `eipalloc-…` */
  readonly id: string;
  readonly publicIp: string;
  associationId: string | undefined;
  /** The interface that has it: an instance's, or a NAT gateway's. */
  interfaceId: string | undefined;
  tags: TagRow;
}

export interface NatGatewayRow {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly connectivityType: 'public' | 'private';
  readonly allocationId: string | undefined;
  interfaceId: string;
  readonly privateIp: string;
  readonly createdAt: number;
  deletedAt: number | undefined;
  state: 'pending' | 'failed' | 'available' | 'deleting' | 'deleted';
  failure: readonly [code: string, message: string] | undefined;
  tags: TagRow;
}

export interface NatState {
  /** Elastic IP addresses. */
  readonly elasticIps: Map<string, AddressRow>;
  /** A deleted one stays while a route has it. */
  readonly natGateways: Map<string, NatGatewayRow>;
}
