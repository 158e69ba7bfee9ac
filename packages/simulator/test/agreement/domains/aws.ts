import { parseSpec } from '../../../../core/test/clouds.js';
import { aws } from '@postern/aws';
import { createContext } from '@postern/core/internal/library';
import { SNAPSHOT_VERSION } from '@postern/core/internal/snapshot';
import {
  simulate,
  ServiceError,
  type SavedWorld,
  type ServiceName,
  type Simulation,
} from '../../../src/internal/simulation.js';
import { edit } from '../../checks/show.js';
import { randomOf, type Random } from '../random.js';
import type { DomainQuestion } from './question.js';

const REGION = 'eu-west-1';
const NAMES = ['*.example.com', 'api.example.com', 'shop.example.com'] as const;
const HOSTS = ['api.example.com', 'shop.example.com', 'x1.example.com', 'x1.example.com', 'a.x1.example.com'] as const;
const KEYS = ['', 'orders', 'orders/v1', 'orders/v1/items', 'v1', 'ordersx'] as const;
const PATHS = [
  '/',
  '/orders',
  '/orders/',
  '/orders/v1/items/7',
  '/orders/v2',
  '/ordersx/1',
  '/v1?orders/v1',
  '/prod/a',
];

type Fields = Readonly<Record<string, unknown>>;
const caller =
  (simulation: Simulation) =>
  (service: ServiceName, operation: string, input: Fields): any =>
    simulation.call({ service, operation, region: REGION }, input);

/** What each world begins with: a certificate, two HTTP APIs and a REST API. */
export interface AwsBase {
  readonly world: SavedWorld;
  readonly certificate: string;
  readonly http: readonly string[];
  readonly rest: string;
}

/** HTTP APIs with stages of both kinds, one of which was never deployed. A REST API with stages `prod` and `dev`. */
export async function awsBase(): Promise<AwsBase> {
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false, dataPathDelay: 0 });
  const call = caller(simulation);
  const names = { DomainName: 'example.com', SubjectAlternativeNames: ['*.example.com'], ValidationMethod: 'DNS' };
  const certificate: string = call('acm', 'RequestCertificate', names).CertificateArn;
  const http = [0, 1].map((index): string => {
    const { ApiId } = call('apigatewayv2', 'CreateApi', { Name: `shop${index}`, ProtocolType: 'HTTP' });
    const { IntegrationId } = call('apigatewayv2', 'CreateIntegration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      IntegrationUri: 'https://backend.example.com',
      PayloadFormatVersion: '1.0',
    });
    call('apigatewayv2', 'CreateRoute', { ApiId, RouteKey: '$default', Target: `integrations/${IntegrationId}` });
    for (const StageName of ['$default', 'prod'])
      call('apigatewayv2', 'CreateStage', { ApiId, StageName, AutoDeploy: true });
    call('apigatewayv2', 'CreateStage', { ApiId, StageName: 'dev' });
    return ApiId;
  });
  const rest = restApi(call);
  await simulation.advance(600_000);
  return { world: simulation.world(), certificate, http, rest };
}

function restApi(call: ReturnType<typeof caller>): string {
  const { id: restApiId, rootResourceId } = call('apigateway', 'CreateRestApi', {
    name: 'rest',
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  const proxy = { restApiId, parentId: rootResourceId, pathPart: '{proxy+}' };
  const { id: below } = call('apigateway', 'CreateResource', proxy);
  for (const resourceId of [rootResourceId, below]) {
    const method = { restApiId, resourceId, httpMethod: 'ANY' };
    call('apigateway', 'PutMethod', { ...method, authorizationType: 'NONE' });
    call('apigateway', 'PutIntegration', { ...method, type: 'MOCK' });
  }
  for (const stageName of ['prod', 'dev']) call('apigateway', 'CreateDeployment', { restApiId, stageName });
  return restApiId;
}

/** Random domain names and mappings of both versions, with mutual TLS and stages that are gone. */
export async function awsDomains(base: AwsBase, seed: number): Promise<DomainQuestion> {
  const random = randomOf(seed);
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false, dataPathDelay: 0 });
  simulation.load(base.world);
  const call = caller(simulation);
  const names = random.some(NAMES, 5);
  for (const name of names) addDomain(call, random, base, name);
  const hosts = [...names.map((name) => name.replace('*', 'x1')), random.pick(HOSTS)];
  if (random.chance(0.3)) removeStage(simulation, random);
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const region = await driver.observe({ all: true, checks: true }, ctx);
  const takenAt = new Date(simulation.clock.now()).toISOString();
  return {
    seed,
    simulation,
    snapshot: { version: SNAPSHOT_VERSION, takenAt, scope: 'all', regions: [region] },
    spec: specOf(base),
    calls: Array.from({ length: 12 }, () => ({ host: random.pick(hosts), path: random.pick(PATHS) })),
    reached: ({ gateways }, { domain, mapping }, { path }) => {
      if (domain.mutualTls === true) return undefined;
      const below = path.slice(mapping.path.length + (mapping.path === '' ? 0 : 1)).split(/[/?]/);
      const name = mapping.stage ?? below[1] ?? '';
      const stage = gateways
        .find(({ id }) => id === mapping.gatewayId)
        ?.stages.find((one) => one.name === name && (one.autoDeploy || one.deploymentId !== undefined));
      return stage && `${mapping.gatewayId} ${name}`;
    },
    callOf: ({ domain, mapping }) => ({
      host: domain.id.replace('*', 'x1'),
      path: `${mapping.path === '' ? '' : `/${mapping.path}`}${mapping.stage === undefined ? '/prod' : ''}/zz`,
    }),
  };
}

function addDomain(call: ReturnType<typeof caller>, random: Random, base: AwsBase, DomainName: string): void {
  const mutual = random.chance(0.1) ? { MutualTlsAuthentication: { TruststoreUri: 's3://shop/ca.pem' } } : {};
  const DomainNameConfigurations = [{ CertificateArn: base.certificate }];
  call('apigatewayv2', 'CreateDomainName', { DomainName, DomainNameConfigurations, ...mutual });
  for (const ApiMappingKey of random.some(KEYS, 8)) {
    const ApiId = random.pick([...base.http, base.rest]);
    const Stage = random.pick(ApiId === base.rest ? ['prod', 'dev'] : ['$default', 'prod', 'prod', 'dev']);
    if (ApiId === base.rest && random.chance(0.3)) {
      // V1 refuses a path of several levels, and a domain that leads to other kinds of APIs.
      const mapping = { domainName: DomainName, restApiId: ApiId, basePath: ApiMappingKey };
      unlessRefused(() => call('apigateway', 'CreateBasePathMapping', mapping));
    } else unlessRefused(() => call('apigatewayv2', 'CreateApiMapping', { DomainName, ApiId, Stage, ApiMappingKey }));
  }
}

function unlessRefused(write: () => unknown): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
}

/** The stage of some mappings does not exist. A mapping protects its stage, so that no call does it. */
function removeStage(simulation: Simulation, random: Random): void {
  const stage = random.pick(['prod', '$default']);
  try {
    edit(simulation, (row) => row['basePath'] !== undefined && row['stage'] === stage, { stage: 'gone' });
  } catch {
    // No mapping leads to it.
  }
}

/** Integrations of others, so that no run creates a stage. */
function specOf({ http, rest }: AwsBase): DomainQuestion['spec'] {
  const gateways = [...http.map((id) => `httpApi: ${id}`), `restApi: ${rest}`];
  const integrations = gateways.map(
    (gateway, index) => `  one${index}:
    link: eu
    owner: external
    gateway: { ${gateway} }
    targets: { main: { listener: { loadBalancer: shop, port: 80 } } }
    routes: { 'GET /orders': main }
`,
  );
  return parseSpec(`version: 1
project: shop
links: { eu: { provider: aws, region: ${REGION}, id: vlink1 } }
integrations:
${integrations.join('')}`);
}
