import { once } from 'node:events';
import { request } from 'node:http';
import { ACM } from '@aws-sdk/client-acm';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { WebSocket } from 'ws';
import { afterEach, describe, expect, it } from 'vitest';
import type { Simulation } from '../../../src/index.js';
import { openShop } from './http-api/shop.js';
import { chat } from './web-socket/scene.js';

const NAME = 'api.example.com';
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'any' };

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server of the simulation, and a domain name that the SDK's client made over its wire. */
async function withDomain(sim: Simulation, more: object = {}) {
  const server = await sim.listen();
  closing.push(() => server.close());
  const config = { region: 'eu-west-1', endpoint: server.url, credentials, maxAttempts: 1 };
  const gateway = new ApiGatewayV2(config);
  const certificate = { DomainName: '*.example.com', ValidationMethod: 'DNS' as const };
  const { CertificateArn } = await new ACM(config).requestCertificate(certificate);
  await sim.advance(600_000);
  const domain = await gateway.createDomainName({
    DomainName: NAME,
    DomainNameConfigurations: [{ CertificateArn }],
    ...more,
  });
  const map = (ApiId: string, Stage: string, ApiMappingKey = '') =>
    gateway.createApiMapping({ DomainName: NAME, ApiId, Stage, ApiMappingKey });
  /** A call over HTTP/1.1 with a `Host` of its own. */
  const send = async (path: string, host = NAME) => {
    const call = request({ host: '127.0.0.1', port: server.port, path, headers: { host } }).end();
    const [response] = await once(call, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const { statusCode: status, headers } = response as { statusCode: number; headers: Record<string, string> };
    return { status, headers, body: Buffer.concat(chunks).toString('utf8') };
  };
  return { server, gateway, domain, map, send };
}

async function httpWorld(more: object = {}) {
  const shop = await openShop('ANY /{proxy+}');
  const prod = shop.gateway('CreateStage', { ApiId: shop.ApiId, StageName: 'prod', AutoDeploy: true });
  expect(prod.StageName).toBe('prod');
  return { ...shop, ...(await withDomain(shop.sim, more)) };
}

/** What the backend was asked for. */
function pathOf(body: string): string {
  const { path, query } = JSON.parse(body) as { path: string; query: string };
  return query === '' ? path : `${path}?${query}`;
}

describe('an HTTP API at a custom domain name', () => {
  // The mappings and requests of https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html,
  // with a stage of its own for each mapping, because the stage is in the path that the backend gets.
  it('is chosen by the longest base path, and its backend gets the stage in the place of that path', async () => {
    const { map, send, ApiId, gateway } = await httpWorld();
    const mappings = { one: '', two: 'orders', three: 'orders/v1/items', four: 'orders/v2/items' };
    for (const [StageName, key] of Object.entries({ ...mappings, five: 'orders/v2/items/categories' })) {
      await gateway.createStage({ ApiId, StageName, AutoDeploy: true });
      await map(ApiId, StageName, key);
    }
    const calls: readonly (readonly [string, string])[] = [
      ['/orders/a', '/two/a'],
      ['/orders/v1/items/123', '/three/123'],
      ['/orders/v2/items/a%2Fb?x=1&x=2', '/four/a%2Fb?x=1&x=2'],
      ['/orders/v2/items/categories/5', '/five/5'],
      ['/customers', '/one/customers'],
      ['/ordersandmore', '/one/ordersandmore'],
      ['/orders/v1/itemsX', '/two/v1/itemsX'],
    ];
    for (const [path, reached] of calls) {
      const { status, body } = await send(path);
      expect([path, status, pathOf(body)]).toEqual([path, 200, reached]);
    }
  });

  it('has the base path in the path where the stage is $default, and gets the name as host', async () => {
    const { map, send, ApiId } = await httpWorld();
    await map(ApiId, '$default', 'v1');
    const { body } = await send('/v1/prod/x');
    expect(pathOf(body)).toBe('/v1/prod/x');
    expect(JSON.parse(body)).toMatchObject({ headers: { host: NAME } });
    const refused = await send('/v2/x');
    expect([refused.status, refused.body]).toEqual([403, '{"message":"Forbidden"}']);
    expect(refused.headers['x-postern-because']).toBe(`No base path mapping of ${NAME} fits /v2/x.`);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html
  it('is called by it alone where the default endpoint is disabled', async () => {
    const { map, send, ApiId, host, gateway } = await httpWorld();
    await map(ApiId, '$default');
    await gateway.updateApi({ ApiId, DisableExecuteApiEndpoint: true });
    expect((await send('/x', host)).status).toBe(404);
    expect((await send('/x')).status).toBe(200);
  });

  it('is not called by the name that DNS records point to, nor once the mapping is deleted', async () => {
    const { map, send, ApiId, gateway, domain } = await httpWorld();
    const { ApiMappingId = '' } = await map(ApiId, '$default');
    const regional = domain.DomainNameConfigurations?.[0]?.ApiGatewayDomainName ?? '';
    const wrong = await send('/x', regional);
    expect([wrong.status, wrong.headers['x-postern-because']]).toEqual([
      403,
      expect.stringContaining('custom domain name'),
    ]);
    await gateway.deleteApiMapping({ DomainName: NAME, ApiMappingId });
    expect((await send('/x')).status).toBe(403);
  });

  it('requires a client certificate with mutual TLS, which calls of the simulator do not have', async () => {
    const truststore = { MutualTlsAuthentication: { TruststoreUri: 's3://trust/store.pem' } };
    const { map, send, ApiId } = await httpWorld(truststore);
    await map(ApiId, '$default');
    const { status, headers } = await send('/x');
    expect([status, headers['x-postern-outcome'], headers['x-postern-because']]).toEqual([
      403,
      'unauthorized',
      `${NAME} requires a client certificate (mutual TLS), and calls of the simulator have none.`,
    ]);
  });
});

describe('a WebSocket API at a custom domain name', () => {
  it('opens connections, and lets backends post to them, below its base path', async () => {
    const scene = await chat();
    const { server, map, gateway, send } = await withDomain(scene.sim);
    await map(scene.ApiId, 'prod', 'chat');
    await gateway.updateApi({ ApiId: scene.ApiId, DisableExecuteApiEndpoint: true });
    const { DeploymentId } = await gateway.createDeployment({ ApiId: scene.ApiId, StageName: 'prod' });
    expect(DeploymentId).toBeDefined();
    await scene.sim.advance(60_000);
    const open = (path: string, host: string) => {
      const client = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers: { host } });
      return { client, opened: once(client, 'open') };
    };
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-disable-default-endpoint.html
    await expect(open('/prod', scene.host).opened).rejects.toThrow('403');
    await expect(open('/other', NAME).opened).rejects.toThrow('403');
    const { client, opened } = open('/chat', NAME);
    await opened;
    client.send('{"action":"join"}');
    const [data] = (await once(client, 'message')) as [Buffer];
    expect(pathOf(data.toString())).toBe('/join');
    const unsigned = await send('/chat/@connections/abc');
    expect([unsigned.status, unsigned.headers['x-amzn-errortype']]).toEqual([
      403,
      'MissingAuthenticationTokenException',
    ]);
    client.terminate();
  });
});
