import { beforeEach, describe, expect, it } from 'vitest';
import { simulate } from '../../../src/index.js';
import { KNOWN_ACTIONS } from '../../../src/alibaba/known-actions/index.js';
import { routeOf } from '../../../src/alibaba/request/roa-request.js';
import { callRoa, genericClient } from '../official-clients.js';
import { hosted } from '../../hosted.js';

const simulation = simulate({ seed: 7, verifySignatures: { keys: { LTAIEXAMPLE: 'secret' } } });
const server = hosted(simulation);
beforeEach(() => simulation.reset());

const call = (method: string, pathname: string, request: object = {}, accessKeySecret = 'secret') =>
  callRoa(genericClient(server().url, { accessKeySecret }), 'cn-shanghai', method, pathname, request);

describe('a request of the ROA style', () => {
  it('is verified and answered in the envelope of the product', async () => {
    const { body, statusCode } = await call('GET', '/v1/zones', { query: { gatewayEdition: 'Professional' } });
    expect(statusCode).toBe(200);
    expect(body).toMatchObject({
      code: 'Ok',
      message: 'success',
      data: { items: [{ zoneId: 'cn-shanghai-l' }, {}, {}] },
    });
    expect(simulation.journal()).toMatchObject([{ service: 'apig', operation: 'ListZones', status: 200 }]);
  });

  it('is signed with the path as it is sent, and with a query that is encoded again', async () => {
    const query = { name: "a b*(c)'d!~", keyword: 'ü/?&=+' };
    expect((await call('GET', '/v1/gateways', { query })).body.data.items).toEqual([]);
    await expect(call('GET', '/v1/gateways/gw-%E4%B8%AD%20x')).rejects.toMatchObject({
      code: 'NotFound.GatewayNotFound',
    });
  });

  it('is refused by the gateway in front, in its own envelope, where the signature is another', async () => {
    const refused = await call('GET', '/v1/zones', {}, 'other').catch((error: unknown) => error as any);
    expect(refused).toMatchObject({ code: 'SignatureDoesNotMatch', data: { HostId: 'apig.cn-shanghai.aliyuncs.com' } });
  });

  it('is refused by the product in small letters', async () => {
    const refused = await call('GET', '/v1/gateways/gw-1').catch((error: unknown) => error as any);
    expect(refused).toMatchObject({ code: 'NotFound.GatewayNotFound', data: { requestId: expect.any(String) } });
    expect(refused.data).not.toHaveProperty('RequestId');
  });

  it('belongs to the region of its host', async () => {
    const headers = { host: 'apig.cn-beijing.aliyuncs.com', authorization: 'none', 'x-acs-version': '2024-03-27' };
    const answer = await fetch(`${server().url}/v1/zones`, { headers });
    expect(answer.status).toBe(400);
  });

  it.each([
    ['GET', '/v1/fly', 'InvalidAction.NotFound'],
    ['PUT', '/v1/gateways', 'UnsupportedHTTPMethod'],
    ['GET', '/v1/mcp-servers', 'NotImplemented'],
  ])('%s %s is answered with %s', async (method, pathname, code) => {
    await expect(call(method, pathname)).rejects.toMatchObject({ code });
  });

  it.each([
    ['error', 'Conflict.LockFailed'],
    ['error', 'Conflict.AppClusterIsAlreadyInChanging'],
    ['error-after', 'ServiceUnavailable'],
    ['throttle', 'Throttling.User'],
    ['deny', 'Forbidden.RAM'],
  ] as const)('suffers the fault %s: %s', async (kind, code) => {
    const status = code.startsWith('Conflict') ? { status: 409, code } : {};
    simulation.faults.add({ service: 'apig', operation: 'ListGateways', kind, times: 1, ...status });
    const refused = await call('GET', '/v1/gateways').catch((error: unknown) => error as any);
    expect(refused.code).toBe(code);
    // The product writes small letters, the gateway in front of it capitals.
    expect(refused.data).toHaveProperty(code.startsWith('Conflict') ? 'requestId' : 'RequestId');
    expect((await call('GET', '/v1/gateways')).body.code).toBe('Ok');
  });

  it('can be answered with status 200 and a code that is an error', async () => {
    simulation.faults.add({ service: 'apig', kind: 'error', status: 200, code: 'Conflict.GatewayIsDeleted', times: 1 });
    const { statusCode, body } = await call('GET', '/v1/gateways/gw-1');
    expect({ statusCode, body }).toMatchObject({ statusCode: 200, body: { code: 'Conflict.GatewayIsDeleted' } });
  });
});

it('paths: name one operation each', () => {
  expect(KNOWN_ACTIONS.APIG.size).toBe(146);
  expect(routeOf({ method: 'POST', path: '/v1/http-apis/import' }).name).toBe('ImportHttpApi');
  const { name, parameters } = routeOf({ method: 'GET', path: '/v1/http-apis/api-1/routes/hr-1' });
  expect([name, ...parameters]).toEqual(['GetHttpApiRoute', ['httpApiId', 'api-1'], ['routeId', 'hr-1']]);
  expect(routeOf({ method: 'POST', path: '/v1/plugins/' }).name).toBe('InstallPlugin');
});
