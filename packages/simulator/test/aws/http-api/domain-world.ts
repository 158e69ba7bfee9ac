import type { CreateApiMappingCommandOutput, CreateDomainNameCommandOutput } from '@aws-sdk/client-apigatewayv2';
import { restWorld, type RestWorld } from '../rest-api/rest-world.js';
import type { SimulateOptions } from '../../../src/index.js';

export const NAME = 'api.example.com';

export interface DomainWorld extends RestWorld {
  readonly gateway: RestWorld['apiGatewayV2'];
  /** Of the region, and of us-east-1. */
  readonly CertificateArn: string;
  readonly edge: string;
  readonly create: (more?: object, configuration?: object) => Promise<CreateDomainNameCommandOutput>;
  readonly apis: Readonly<Record<'http' | 'socket' | 'rest', string>>;
  readonly map: (api: string, stage: string, key?: string, name?: string) => Promise<CreateApiMappingCommandOutput>;
}

/** A world with certificates of `*.example.com`, and an HTTP, a WebSocket and a REST API that have stages. */
export async function domainWorld(options: SimulateOptions = {}): Promise<DomainWorld> {
  const world = restWorld(options);
  const { simulation, apiGateway, apiGatewayV2: gateway } = world;
  const request = async (region: string) => {
    const { acm } = simulation.clients(region);
    const { CertificateArn } = await acm.requestCertificate({ DomainName: '*.example.com', ValidationMethod: 'DNS' });
    return CertificateArn ?? '';
  };
  const [CertificateArn, edge] = [await request('eu-west-1'), await request('us-east-1')];
  await simulation.advance(600_000);
  const create = (more: object = {}, configuration: object = {}) =>
    gateway.createDomainName({
      DomainName: NAME,
      DomainNameConfigurations: [{ CertificateArn, ...configuration }],
      ...more,
    });
  const api = async (ProtocolType: 'HTTP' | 'WEBSOCKET', StageName: string) => {
    const selection = ProtocolType === 'WEBSOCKET' ? { RouteSelectionExpression: '$request.body.action' } : {};
    const { ApiId = '' } = await gateway.createApi({ Name: 'shop', ProtocolType, ...selection });
    await gateway.createStage({ ApiId, StageName });
    return ApiId;
  };
  const rest = async () => {
    const { id: restApiId = '', rootResourceId: resourceId = '' } = await apiGateway.createRestApi({
      name: 'shop',
      endpointConfiguration: { types: ['REGIONAL'] },
    });
    const method = { restApiId, resourceId, httpMethod: 'GET' };
    await apiGateway.putMethod({ ...method, authorizationType: 'NONE' });
    await apiGateway.putIntegration({ ...method, type: 'MOCK' });
    await apiGateway.createDeployment({ restApiId, stageName: 'prod' });
    return restApiId;
  };
  const apis = { http: await api('HTTP', '$default'), socket: await api('WEBSOCKET', 'prod'), rest: await rest() };
  const map = (ApiId: string, Stage: string, ApiMappingKey?: string, DomainName = NAME) =>
    gateway.createApiMapping({ DomainName, ApiId, Stage, ...(ApiMappingKey !== undefined && { ApiMappingKey }) });
  return { ...world, gateway, CertificateArn, edge, create, apis, map };
}
