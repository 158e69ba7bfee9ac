import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import type { EC2, EC2ClientConfig } from '@aws-sdk/client-ec2';
import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';

export interface Clients {
  ec2: EC2;
  balancing: ElasticLoadBalancingV2;
  gateway: ApiGatewayV2;
  rest: APIGateway;
}
export interface Network {
  vpc: string;
  subnets: string[];
  groups: string[];
  balancer: string;
  targetGroup: string;
  listener: string;
  api: string;
}
export function clients(config: Pick<EC2ClientConfig, 'endpoint' | 'region' | 'credentials'>): Clients;
export function buildNetwork(
  clients: Clients,
  tell: (kind: string, id: string, what: string) => void,
  options?: { callers?: string[] },
): Promise<Network>;
export function allowInbound(clients: Clients, network: Network, block: string): Promise<void>;
export function removeNetwork(clients: Clients, network: Network): Promise<void>;
