import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import type { Shown, TagRow } from '../../state/given.js';

/** A VPC endpoint: of a gateway by routes, of an interface by interfaces in subnets. */
export interface VpcEndpointRow {
  readonly id: string;
  readonly fields: Shown<
    VpcEndpoint,
    'VpcId' | 'ServiceName' | 'VpcEndpointType' | 'RouteTableIds' | 'PrivateDnsEnabled'
  >;
  /** In lower case, unlike the SDK's type: https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html (endpoint states) */
  state: 'pendingAcceptance' | 'pending' | 'available' | 'rejected' | 'deleting';
  groupIds: string[];
  /** The interface in each subnet. */
  interfaces: Record<string, string>;
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

/** VPC endpoints of one region, and the services that they lead to. */
export const newEndpoints = () => ({
  vpcEndpoints: new Map<string, VpcEndpointRow>(),
  endpointServices: new Map<string, EndpointServiceRow>(),
});
