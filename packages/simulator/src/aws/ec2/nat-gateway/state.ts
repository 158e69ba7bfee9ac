import type { NatGateway, NatGatewayAddress } from '@aws-sdk/client-ec2';
import type { Shown, TagRow } from '../../state/given.js';

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
  readonly fields: Shown<NatGateway, 'VpcId' | 'SubnetId' | 'ConnectivityType' | 'State'>;
  /** It has one. */
  readonly address: Shown<NatGatewayAddress, 'NetworkInterfaceId'>;
  tags: TagRow;
}

/** NAT gateways of one region, and Elastic IP addresses. */
export const newNat = () => ({
  elasticIps: new Map<string, AddressRow>(),
  /** A deleted one stays while a route has it. */
  natGateways: new Map<string, NatGatewayRow>(),
});
