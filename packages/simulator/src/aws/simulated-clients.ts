import type { ACM } from '@aws-sdk/client-acm';
import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { DirectConnect } from '@aws-sdk/client-direct-connect';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { ECS } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { IAM } from '@aws-sdk/client-iam';
import type { Route53 } from '@aws-sdk/client-route-53';
import type { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import type { ServiceDiscovery } from '@aws-sdk/client-servicediscovery';
import type { STS } from '@aws-sdk/client-sts';

/** An SDK client's operations, without what concerns connections. */
type Operations<Client> = Omit<Client, 'send' | 'config' | 'destroy' | 'middlewareStack'>;

/** Clients of one region that call the simulation without any wire between. Inputs and outputs are copies. */
export interface SimulatedClients {
  readonly apiGateway: Operations<APIGateway>;
  readonly apiGatewayV2: Operations<ApiGatewayV2>;
  readonly ec2: Operations<EC2>;
  readonly elasticLoadBalancingV2: Operations<ElasticLoadBalancingV2>;
  readonly serviceDiscovery: Operations<ServiceDiscovery>;
  readonly acm: Operations<ACM>;
  readonly ecs: Operations<ECS>;
  readonly directConnect: Operations<DirectConnect>;
  readonly sts: Operations<STS>;
  readonly serviceQuotas: Operations<ServiceQuotas>;
  readonly autoScaling: Operations<AutoScaling>;
  readonly route53: Operations<Route53>;
  readonly iam: Operations<IAM>;
  readonly cloudWatchLogs: Operations<CloudWatchLogs>;
}
