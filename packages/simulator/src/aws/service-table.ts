import type { SimulatedClients } from './simulated-clients.js';
import { awsQuery, ec2Query } from './protocols/aws-query.js';
import { json11, restJson } from './protocols/json.js';
import type { Protocol } from './protocols/protocol.js';
import { restXml } from './protocols/rest-xml.js';
import {
  type ServiceModel,
  errorModel,
  operationModel,
  type ExceptionClass,
  type ModelledError,
  type OperationModel,
} from './protocols/shapes.js';
import type { ServiceName } from './operation/operation.js';

/** The particulars of a service, besides its error messages and its operations. */
export interface ServiceRow {
  /** Its client among {@link SimulatedClients}. */
  readonly client: keyof SimulatedClients;
  /** Its name in the scope of signatures, and before the colon of IAM's actions. */
  readonly signedAs: string;
  /** The SDK's package with its schemas. It is loaded when the service is first called: EC2's takes a tenth of a second. */
  readonly load: () => Promise<object>;
  /** The protocol that it speaks, and the names that it needs for it. */
  readonly protocol: (model: ServiceModel) => Protocol;
}

/** Every service that is simulated. */
export const SERVICES: Readonly<Record<ServiceName, ServiceRow>> = {
  apigateway: {
    client: 'apiGateway',
    signedAs: 'apigateway',
    load: () => import('@aws-sdk/client-api-gateway'),
    protocol: restJson,
  },
  apigatewayv2: {
    client: 'apiGatewayV2',
    signedAs: 'apigateway',
    load: () => import('@aws-sdk/client-apigatewayv2'),
    protocol: restJson,
  },
  ec2: {
    client: 'ec2',
    signedAs: 'ec2',
    load: () => import('@aws-sdk/client-ec2'),
    protocol: (model) => ec2Query(model, '2016-11-15'),
  },
  elasticloadbalancingv2: {
    client: 'elasticLoadBalancingV2',
    signedAs: 'elasticloadbalancing',
    load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
    protocol: (model) => awsQuery(model, 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/', '2015-12-01'),
  },
  servicediscovery: {
    client: 'serviceDiscovery',
    signedAs: 'servicediscovery',
    load: () => import('@aws-sdk/client-servicediscovery'),
    protocol: (model) => json11(model, 'Route53AutoNaming_v20170314'),
  },
  acm: {
    client: 'acm',
    signedAs: 'acm',
    load: () => import('@aws-sdk/client-acm'),
    protocol: (model) => json11(model, 'CertificateManager'),
  },
  ecs: {
    client: 'ecs',
    signedAs: 'ecs',
    load: () => import('@aws-sdk/client-ecs'),
    protocol: (model) => json11(model, 'AmazonEC2ContainerServiceV20141113'),
  },
  directconnect: {
    client: 'directConnect',
    signedAs: 'directconnect',
    load: () => import('@aws-sdk/client-direct-connect'),
    protocol: (model) => json11(model, 'OvertureService'),
  },
  sts: {
    client: 'sts',
    signedAs: 'sts',
    load: () => import('@aws-sdk/client-sts'),
    protocol: (model) => awsQuery(model, 'https://sts.amazonaws.com/doc/2011-06-15/', '2011-06-15'),
  },
  servicequotas: {
    client: 'serviceQuotas',
    signedAs: 'servicequotas',
    load: () => import('@aws-sdk/client-service-quotas'),
    protocol: (model) => json11(model, 'ServiceQuotasV20190624'),
  },
  iam: {
    client: 'iam',
    signedAs: 'iam',
    load: () => import('@aws-sdk/client-iam'),
    protocol: (model) => awsQuery(model, 'https://iam.amazonaws.com/doc/2010-05-08/', '2010-05-08'),
  },
  autoscaling: {
    client: 'autoScaling',
    signedAs: 'autoscaling',
    load: () => import('@aws-sdk/client-auto-scaling'),
    protocol: (model) => awsQuery(model, 'http://autoscaling.amazonaws.com/doc/2011-01-01/', '2011-01-01'),
  },
  route53: {
    client: 'route53',
    signedAs: 'route53',
    load: () => import('@aws-sdk/client-route-53'),
    protocol: (model) => restXml(model, 'https://route53.amazonaws.com/doc/2013-04-01/'),
  },
  logs: {
    client: 'cloudWatchLogs',
    signedAs: 'logs',
    load: () => import('@aws-sdk/client-cloudwatch-logs'),
    protocol: (model) => json11(model, 'Logs_20140328'),
  },
};

/** The service that signatures name so. Both versions of API Gateway have one name there, and differ in their paths. */
export function serviceSignedAs(name: string, path: string): ServiceName | undefined {
  if (name === 'apigateway') return path.startsWith('/v2/') ? 'apigatewayv2' : 'apigateway';

  return (Object.keys(SERVICES) as ServiceName[]).find((service) => SERVICES[service].signedAs === name);
}

const models = new Map<ServiceName, Promise<ServiceModel>>();

/** The model of a service, loaded once per process. */
export function serviceModel(service: ServiceName): Promise<ServiceModel> {
  let model = models.get(service);
  if (!model) {
    model = SERVICES[service]
      .load()
      .then((exports) => readModel(service, exports as Readonly<Record<string, unknown>>));
    models.set(service, model);
  }
  return model;
}

function readModel(service: ServiceName, exports: Readonly<Record<string, unknown>>): ServiceModel {
  const operations = new Map<string, OperationModel>();
  const errors = new Map<string, ModelledError>();
  let BaseException: ExceptionClass | undefined;
  for (const [name, value] of Object.entries(exports)) {
    if (name.endsWith('ServiceException')) BaseException ??= asClass(value);
    if (!name.endsWith('$')) continue;

    const operation = operationModel(value);
    if (operation) operations.set(operation.name, operation);
    const shape = operation ? undefined : errorModel(value);
    if (!shape || shape.name.endsWith('ServiceException')) continue;

    errors.set(shape.traits.awsQueryError?.[0] ?? shape.name, { shape, Exception: asClass(exports[shape.name]) });
  }
  return { service, operations, errors, BaseException };
}

function asClass(value: unknown): ExceptionClass | undefined {
  return typeof value === 'function' ? (value as ExceptionClass) : undefined;
}
