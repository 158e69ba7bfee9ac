import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';

export interface Clients {
  readonly ec2: EC2;
  readonly balancing: ElasticLoadBalancingV2;
  readonly http: ApiGatewayV2;
  readonly rest: APIGateway;
}
export interface Network {
  readonly vpc: string;
  readonly httpApi: string;
  readonly restApi: string;
}
export function clients(config: {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}): Clients;
export function buildNetwork(clients: Clients, tell: (...words: string[]) => void): Promise<Network>;
