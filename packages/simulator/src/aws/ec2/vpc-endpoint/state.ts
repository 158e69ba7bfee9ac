import type { TagRow } from '../../state/tag-row.js';

/** A VPC endpoint: of a gateway by routes, of an interface by interfaces in subnets. */
export interface VpcEndpointRow {
  readonly id: string;
  readonly vpcId: string;
  readonly serviceName: string;
  readonly type: 'Gateway' | 'Interface';
  readonly createdAt: number;
  /** https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html (endpoint states) */
  state: 'pendingAcceptance' | 'pending' | 'available' | 'rejected' | 'deleting';
  policy: string;
  routeTableIds: string[];
  groupIds: string[];
  /** The interface in each subnet. */
  interfaces: Record<string, string>;
  privateDnsEnabled: boolean;
  ipAddressType: 'ipv4' | 'dualstack' | 'ipv6';
  tags: TagRow;
}

/** An endpoint service: what endpoints of this account, or of others, reach network load balancers by. */
export interface EndpointServiceRow {
  readonly id: string;
  balancerArns: string[];
  acceptanceRequired: boolean;
  privateDnsName: string | undefined;
  /** Whether the owner has shown that the name is its own, by a record of public DNS, which no call makes. */
  isNameVerified: boolean;
  tags: TagRow;
}

export interface VpcEndpointState {
  readonly vpcEndpoints: Map<string, VpcEndpointRow>;
  readonly endpointServices: Map<string, EndpointServiceRow>;
}
