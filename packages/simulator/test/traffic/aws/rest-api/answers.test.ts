import { describe, expect, it } from 'vitest';
import { ACCOUNT, FORBIDDEN, openShop, REGION, restShop, seen, UUID } from './rest-shop.js';

const MISSING = '{"message":"Missing Authentication Token"}';

describe('a REST API answers by itself', () => {
  it('truth 12: no route or another verb is 403 with 42 bytes', async () => {
    const shop = await restShop();
    shop.method('GET /pets');
    shop.deploy();
    for (const call of [{ path: '/prod/cats' }, { path: '/prod/pets', method: 'POST' }, { path: '/prod' }]) {
      const answer = await shop.get(call.path, call);
      expect(seen(answer)).toEqual([403, MISSING, 'MissingAuthenticationTokenException']);
      expect(answer.bytes).toHaveLength(42);
      expect(answer.outcome).toBe('no-route');
    }
  });

  it('truth 12: an unknown stage is 403 with 23 bytes; names are exact', async () => {
    const { get } = await openShop();
    for (const path of ['/', '/test/pets', '/Prod/pets', '/?a=b']) {
      const answer = await get(path);
      expect(seen(answer)).toEqual([403, FORBIDDEN, 'ForbiddenException']);
      expect(answer.bytes).toHaveLength(23);
      expect(answer.outcome).toBe('no-stage');
    }
    expect((await get('/prod?a=b')).outcome).toBe('delivered');
  });

  it('truth 20: every answer has its IDs, the date and a content type', async () => {
    const { get } = await openShop();
    for (const path of ['/nothing', '/prod/pets']) {
      const { headers } = await get(path);
      expect(headers).toMatchObject({
        date: 'Mon, 01 Jun 2026 00:20:00 GMT',
        'content-type': 'application/json',
        'x-amzn-requestid': expect.stringMatching(UUID),
        'x-amz-apigw-id': expect.stringMatching(/^[\w-]{15}=$/),
      });
    }
    const [one, other] = [await get('/prod'), await get('/prod')];
    expect(one.headers['x-amzn-requestid']).not.toBe(other.headers['x-amzn-requestid']);
  });

  it('a disabled default endpoint is 403', async () => {
    const { get } = await openShop({}, {}, { disableExecuteApiEndpoint: true });
    const answer = await get('/prod');
    expect(seen(answer)).toEqual([403, FORBIDDEN, 'ForbiddenException']);
    expect(answer).toMatchObject({
      outcome: 'unauthorized',
      because: expect.stringMatching(/default endpoint .* is disabled/),
    });
  });

  it('more than 10 MB is 413', async () => {
    const { get } = await openShop();
    const answer = await get('/prod', { method: 'POST', body: new Uint8Array(10 * 1024 * 1024 + 1) });
    expect([answer.status, answer.body, answer.outcome]).toEqual([413, '{"message":"Request Too Long"}', 'too-large']);
  });
});

describe('gateway responses of the API', () => {
  it('replace the default once they are deployed', async () => {
    const shop = await openShop();
    shop.method('GET /pets');
    shop.rest('PutGatewayResponse', {
      responseType: 'MISSING_AUTHENTICATION_TOKEN',
      statusCode: '404',
      responseParameters: {
        'gatewayresponse.header.X-Type': 'context.error.responseType',
        'gatewayresponse.header.X-Color': "'blue'",
      },
      responseTemplates: { 'application/json': '{"error":$context.error.messageString,"path":"$context.path"}' },
    });
    expect((await shop.get('/prod', { method: 'TRACE' })).status).toBe(403);
    shop.deploy();
    const answer = await shop.get('/prod', { method: 'TRACE' });
    expect([answer.status, answer.body]).toEqual([404, '{"error":"Missing Authentication Token","path":"/prod/"}']);
    expect(answer.headers).toMatchObject({ 'x-type': 'MISSING_AUTHENTICATION_TOKEN', 'x-color': 'blue' });
  });

  it('of all 4XX keep the status of the type', async () => {
    const shop = await restShop();
    shop.method('GET /pets');
    const responseTemplates = { 'text/plain': 'No: $context.error.message' };
    shop.rest('PutGatewayResponse', { responseType: 'DEFAULT_4XX', responseTemplates });
    shop.deploy();
    const answer = await shop.get('/prod/cats');
    expect([answer.status, answer.body]).toEqual([403, 'No: Missing Authentication Token']);
    expect(answer.headers['content-type']).toBe('text/plain');
    expect((await shop.get('/nothing')).body).toBe(FORBIDDEN);
  });
});

describe('a resource policy', () => {
  const policy = (...Statement: object[]) => ({ policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  const everybody = { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };

  it('that denies is 403 and names the call', async () => {
    const denied = { ...everybody, Effect: 'Deny', Resource: 'execute-api:/prod/GET/secret' };
    const shop = await openShop({}, {}, policy(everybody, denied));
    expect((await shop.get('/prod/pets')).outcome).toBe('delivered');
    const answer = await shop.get('/prod/secret');
    const arn = `arn:aws:execute-api:${REGION}:********${ACCOUNT.slice(-4)}:${shop.restApiId}/prod/GET/secret`;
    expect(seen(answer)).toEqual([
      403,
      `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${arn} with an explicit deny"}`,
      'AccessDeniedException',
    ]);
    expect(answer.outcome).toBe('unauthorized');
  });

  it.each([
    ['its own address', { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } }, 'delivered'],
    ['another address', { IpAddress: { 'aws:SourceIp': '198.51.100.7' } }, 'unauthorized'],
    ['not another address', { NotIpAddress: { 'aws:SourceIp': '198.51.100.7' } }, 'delivered'],
    ['a VPC', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, 'unauthorized'],
    ['what is not evaluated', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }, 'unauthorized'],
  ])('that allows %s', async (_, Condition, outcome) => {
    const { get } = await openShop({}, {}, policy({ ...everybody, Condition }));
    expect((await get('/prod')).outcome).toBe(outcome);
  });

  it('of a private API allows calls by the name of a VPC endpoint', async () => {
    const endpointConfiguration = { types: ['PRIVATE'], ipAddressType: 'dualstack' };
    const Condition = { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b' } };
    const shop = await openShop({}, {}, { endpointConfiguration, ...policy({ ...everybody, Condition }) });
    const by = (endpoint: string) => shop.host.replace('.', `-${endpoint}.`);
    expect(await shop.get('/prod')).toMatchObject({ status: 403, body: FORBIDDEN, outcome: 'unauthorized' });
    expect((await shop.get('/prod', { host: by('vpce-0a1b') })).outcome).toBe('delivered');
    expect((await shop.get('/prod', { host: by('vpce-0c2d') })).headers['x-amzn-errortype']).toBe(
      'AccessDeniedException',
    );
  });
});
