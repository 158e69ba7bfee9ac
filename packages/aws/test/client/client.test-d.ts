import type { ACM } from '@aws-sdk/client-acm';
import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import type { AutoScaling } from '@aws-sdk/client-auto-scaling';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { DirectConnect } from '@aws-sdk/client-direct-connect';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { ECS } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ServiceDiscovery } from '@aws-sdk/client-servicediscovery';
import type { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import type { STS } from '@aws-sdk/client-sts';
import type { AwsClients } from '../../src/index.js';

declare const sdk: {
  acm: ACM;
  apiGateway: APIGateway;
  apiGatewayV2: ApiGatewayV2;
  autoScaling: AutoScaling;
  directConnect: DirectConnect;
  ec2: EC2;
  ecs: ECS;
  elasticLoadBalancingV2: ElasticLoadBalancingV2;
  serviceDiscovery: ServiceDiscovery;
  cloudWatchLogs: CloudWatchLogs;
  serviceQuotas: ServiceQuotas;
  sts: STS;
};

/** The SDK's aggregated clients satisfy the interfaces of the adapter. */
export const clients: Required<AwsClients> = sdk;

// @ts-expect-error a client of another service does not
export const wrong: AwsClients = { apiGatewayV2: sdk.sts };
