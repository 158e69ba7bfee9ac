import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';

export interface Clients {
  readonly ec2: EC2;
  readonly balancing: ElasticLoadBalancingV2;
  readonly rest: APIGateway;
}
export interface Network {
  readonly restApi: string;
  readonly loadBalancer: string;
}
export function clients(config: {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}): Clients;
export function buildNetwork(clients: Clients, tell: (...words: string[]) => void): Promise<Network>;
