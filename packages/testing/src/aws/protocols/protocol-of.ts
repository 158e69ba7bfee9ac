import type { ServiceName } from '../service-name.js';
import { awsQuery } from './aws-query.js';
import { ec2Query } from './ec2-query.js';
import { json11 } from './json11.js';
import type { Protocol } from './protocol.js';
import { restJson } from './rest-json.js';
import { serviceModel, type ServiceModel } from './service-model.js';

/** Which protocol a service speaks, and the names it needs for it. */
const PROTOCOLS: Readonly<Record<ServiceName, (model: ServiceModel) => Protocol>> = {
  apigatewayv2: restJson,
  ec2: (model) => ec2Query(model, '2016-11-15'),
  elasticloadbalancingv2: (model) =>
    awsQuery(model, 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/', '2015-12-01'),
  sts: (model) => awsQuery(model, 'https://sts.amazonaws.com/doc/2011-06-15/', '2011-06-15'),
  servicediscovery: (model) => json11(model, 'Route53AutoNaming_v20170314'),
  acm: (model) => json11(model, 'CertificateManager'),
  directconnect: (model) => json11(model, 'OvertureService'),
  servicequotas: (model) => json11(model, 'ServiceQuotasV20190624'),
};

const protocols = new Map<ServiceName, Promise<Protocol>>();

/** A service's protocol, made on first use: the SDK's package with its schemas is loaded then. */
export function protocolOf(service: ServiceName): Promise<Protocol> {
  let protocol = protocols.get(service);
  if (!protocol) {
    protocol = serviceModel(service).then(PROTOCOLS[service]);
    protocols.set(service, protocol);
  }
  return protocol;
}
