import { createContext, type Scope, type GatewayUse } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { aws, type AwsClients } from '../../src/index.js';
import { methodsIn } from '../../src/rest-apis/stage-export.js';
import { REGION } from '../world/simulated.js';
import { readWorld } from './read-world.js';

type RestClient = NonNullable<AwsClients['apiGateway']>;

const document = (paths: object) => ({ openapi: '3.0.1', info: { title: 'shop' }, paths });
const operation = (integration: object) => ({ 'x-amazon-apigateway-integration': integration });

describe('an exported document', () => {
  it('has the methods with their integrations, ANY included', () => {
    const target = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188';
    const methods = methodsIn(
      document({
        '/orders/{id}': {
          parameters: [],
          get: operation({ type: 'http_proxy', connectionType: 'VPC_LINK', connectionId: 'abc', uri: 'http://a/b' }),
          options: { responses: {} },
        },
        '/{proxy+}': {
          'x-amazon-apigateway-any-method': operation({ connectionType: 'VPC_LINK', 'integration-target': target }),
        },
      }),
    );
    expect(methods).toMatchObject([
      {
        key: 'GET /orders/{id}',
        integration: { type: 'HTTP_PROXY', connectionType: 'VPC_LINK', connectionId: 'abc', uri: 'http://a/b' },
      },
      { key: 'ANY /{proxy+}', integration: { connectionType: 'VPC_LINK', integrationTarget: target } },
    ]);
  });

  it.each([{}, { paths: null }, { paths: [] }, { paths: { '/a': null, '/b': { get: 'text' } } }])(
    'of the form %j has none',
    (odd) => {
      expect(methodsIn(odd)).toEqual([]);
    },
  );
});

/** A REST API with a stage `prod`, whose export is `answer`. */
async function exported(answer: () => Promise<{ body?: Uint8Array }>) {
  const cloud = await readWorld();
  const { api, method, rest, v1, edge, settle, simulation } = cloud;
  const linkId = v1(edge.arn);
  await settle();
  const restApiId = api();
  const id = method(restApiId, 'GET /a', { connectionId: linkId, uri: 'https://a.internal/a' });
  const { id: deploymentId } = rest('CreateDeployment', { restApiId });
  rest('CreateStage', { restApiId, stageName: 'prod', deploymentId, variables: { link: linkId } });
  const asked: unknown[] = [];
  const clients = simulation.clients(REGION);
  const apiGateway = new Proxy(clients.apiGateway as RestClient, {
    get: (target, name) =>
      name === 'getExport'
        ? (input: unknown) => {
            asked.push(input);
            return answer();
          }
        : Reflect.get(target, name),
  });
  const driver = aws({ region: REGION, clients: { ...clients, apiGateway } });
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const read = async (more: Partial<Scope> = { uses: true }) => {
    const region = await driver.observe({ gateways: [{ restApi: restApiId }], ...more }, ctx);
    return { ...region, uses: region.gateways.find((one) => one.id === restApiId)?.uses };
  };
  return { ...cloud, restApiId, linkId, id, deploymentId, asked, read };
}

const json = (value: object) => ({ body: new TextEncoder().encode(JSON.stringify(value)) });

describe('the uses of a REST API', () => {
  const serves = (paths: object) => () => Promise.resolve(json(document(paths)));
  const v1 = (connectionId: string, uri = 'https://a.internal/a') =>
    operation({ type: 'http_proxy', connectionType: 'VPC_LINK', connectionId, uri });

  it('are those of the working copy and of each stage, with its variables', async () => {
    const { read, edge, linkId, id, restApiId, asked } = await exported(
      serves({
        '/a': { get: v1('${stageVariables.link}') },
        '/old': { get: v1('${stageVariables.gone}') },
        '/public': { get: operation({ type: 'http_proxy', uri: 'https://example.com/' }) },
      }),
    );
    const { uses, gaps } = await read();
    const lead = { linkId, targetId: edge.listener, port: 443, scheme: 'https' } as const;
    expect(gaps).toEqual([]);
    expect(uses).toEqual<GatewayUse[]>([
      { kind: 'route', id, name: 'GET /a', routeIds: [id], ...lead },
      { kind: 'route', id, name: 'GET /a', routeIds: [id], stage: 'prod', ...lead },
      {
        kind: 'route',
        id: 'GET /old',
        name: 'GET /old',
        routeIds: ['GET /old'],
        stage: 'prod',
        unreadable: expect.stringMatching(/gone/),
      },
    ]);
    expect(asked).toEqual([
      {
        restApiId,
        stageName: 'prod',
        exportType: 'oas30',
        parameters: { extensions: 'apigateway' },
        accepts: 'application/json',
      },
    ]);
  });

  it('are read with `uses`, and in a full read for checks alone', async () => {
    const { read, asked } = await exported(serves({}));
    for (const scope of [{}, { all: true }]) expect((await read(scope)).uses).toBeUndefined();
    expect(asked).toEqual([]);
    expect((await read({ all: true, checks: true })).uses).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('are not read for the checks of a spec, which need what its stages serve', async () => {
    const { read, asked } = await exported(serves({}));
    expect((await read({ checks: true })).uses).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('name the canary of a stage, whose deployment no export shows', async () => {
    const { read, rest, restApiId } = await exported(serves({}));
    const { id: canary } = rest('CreateDeployment', {
      restApiId,
      stageName: 'prod',
      canarySettings: { percentTraffic: 10 },
    });
    expect((await read()).uses?.[1]).toMatchObject({
      stage: 'prod',
      routeIds: [],
      unreadable: expect.stringContaining(canary),
    });
  });

  it.each<[string, () => Promise<{ body?: Uint8Array }>, string]>([
    [
      'is refused',
      () =>
        Promise.reject(
          Object.assign(new Error('no'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 } }),
        ),
      'PERMISSION_DENIED',
    ],
    ['has no body', () => Promise.resolve({}), 'BAD_RESPONSE'],
    ['is not JSON', () => Promise.resolve({ body: new TextEncoder().encode('<html>') }), 'BAD_RESPONSE'],
  ])('are a gap where an export %s, and the rest is read', async (_, answer, code) => {
    const { read, restApiId } = await exported(answer);
    const { uses, gaps } = await read();
    expect(gaps).toMatchObject([{ of: 'gateways', id: `${restApiId}/prod`, operation: 'GetExport', code }]);
    expect(uses).toMatchObject([{ name: 'GET /a' }, { stage: 'prod', unreadable: expect.any(String) }]);
  });
});
