import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterEach, describe, expect, it } from 'vitest';
import { apigShop, HOST, type ApigShop } from './apig-shop.js';

type Json = Readonly<Record<string, any>>;

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** The shop, whose API asks for consumers of a type. */
async function guarded(authType: string): Promise<ApigShop> {
  const shop = await apigShop();
  await shop.put(`/v1/http-apis/${shop.apiId}`, { enableAuth: true, authConfig: { authType } });
  return shop;
}

async function consumer({ post }: ApigShop, identity: Json, name = 'phone'): Promise<string> {
  return (await post('/v1/consumers', { name, gatewayType: 'API', ...identity }))['data'].consumerId as string;
}

async function authorize({ post, routeId, apiId, environmentId }: ApigShop, consumerId: string): Promise<string> {
  const resourceIdentifier = { resourceId: routeId, parentResourceId: apiId, environmentId };
  const rule = {
    consumerId,
    principalType: 'Consumer',
    resourceType: 'HttpApiRoute',
    expireMode: 'LongTerm',
    resourceIdentifier,
  };
  return (await post('/v1/authorization-rules', { authorizationRules: [rule] }))['data']
    .consumerAuthorizationRuleIds[0] as string;
}

interface OfficialCaller {
  get: (url: string, options: object) => Promise<unknown>;
  post: (url: string, options: object) => Promise<unknown>;
}
const { Client } = createRequire(import.meta.url)('aliyun-api-gateway') as {
  readonly Client: new (key: string, secret: string, stage?: string) => OfficialCaller;
};

const KEY = '204012345';
const SECRET = '0123456789abcdef0123456789abcdef';
const aksk = { akSkIdentityConfigs: [{ type: 'AkSk', generateMode: 'Custom', ak: KEY, sk: SECRET }] };

describe('a consumer with a key and a secret of an application', () => {
  it('is known by the signature of the official caller of the former product, unmodified', async () => {
    const shop = await guarded('AkSk');
    const id = await consumer(shop, aksk);
    const server = await shop.sim.listen();
    open.push(server.close);
    const url = `${server.url}/orders/7?to=b%20c&from=a`;
    const options = { headers: { host: HOST, accept: 'application/json', 'x-postern-address-of': shop.gatewayId } };
    const caller = new Client(KEY, SECRET);
    await expect(caller.get(url, options)).rejects.toThrow(/code\(403\)/);
    const ruleId = await authorize(shop, id);
    expect(await caller.get(url, options)).toMatchObject({ path: '/orders/7', headers: { 'x-mse-consumer': 'phone' } });
    for (const type of ['application/x-www-form-urlencoded', 'application/json']) {
      const headers = { ...options.headers, 'content-type': type };
      expect(await caller.post(url, { data: { a: '1', empty: '' }, headers })).toBeDefined();
    }
    // The stage that a caller signs means nothing.
    expect(await new Client(KEY, SECRET, 'TEST').get(url, options)).toBeDefined();
    await expect(new Client(KEY, 'wrong').get(url, options)).rejects.toThrow(/code\(400\).*Server StringToSign:/);
    await expect(new Client('1', SECRET).get(url, options)).rejects.toThrow(/code\(401\)/);
    await shop.del(`/v1/authorization-rules?consumerAuthorizationRuleIds=${ruleId}`);
    await expect(caller.get(url, options)).rejects.toThrow(/code\(403\)/);
  });

  it('is asked for by the route of an API, and by no other', async () => {
    const shop = await guarded('AkSk');
    expect(await shop.call('/orders')).toMatchObject({ status: 401, body: 'Invalid Key', outcome: 'unauthorized' });
    await consumer(shop, aksk);
    expect(await shop.call('/orders', { headers: { 'x-ca-key': KEY } })).toMatchObject({
      status: 401,
      body: 'Empty Signature',
    });
    const unknown = { 'x-ca-key': KEY, 'x-ca-signature': 'c2lnbmVk', 'x-ca-signature-method': 'constructor' };
    expect(await shop.call('/orders', { headers: unknown })).toMatchObject({ status: 400, body: 'Invalid Signature' });
    await shop.put(`/v1/http-apis/${shop.apiId}`, { enableAuth: false });
    expect(await shop.call('/orders')).toMatchObject({ status: 200 });
    await shop.policy('Authentication', { enable: true, authType: 'HMAC' });
    expect((await shop.call('/orders')).status).toBe(401);
  });

  it('has a secret that is in no journal, no refusal and no answer of a call', async () => {
    const shop = await guarded('AkSk');
    const id = await consumer(shop, aksk);
    const errors = await Promise.all(
      [
        shop.post('/v1/consumers', { name: 'other', ...aksk }),
        shop.post('/v1/consumers', { name: 'phone', ...aksk }),
        shop.put(`/v1/consumers/${id}`, { ...aksk, colour: SECRET }),
        shop.post('/v1/consumers', { name: 'x'.repeat(65), ...aksk }),
      ].map((call) =>
        call.catch((error: unknown) => JSON.stringify([(error as Error).message, (error as Json)['data']])),
      ),
    );
    const answers = await Promise.all(
      ['', 'wrong'].map((signature) =>
        shop.call('/orders', { headers: { 'x-ca-key': KEY, 'x-ca-signature': signature } }),
      ),
    );
    const said = JSON.stringify([errors, answers, shop.sim.journal(), shop.sim.traffic.counters()]);
    expect(errors.every((error) => typeof error === 'string')).toBe(true);
    expect(said).not.toContain(SECRET);
  });
});

it.each([
  ['Default', '', (key: string) => ({ headers: { authorization: `Bearer ${key}` } })],
  ['Header', 'x-api-key', (key: string) => ({ headers: { 'x-api-key': key } })],
  ['QueryString', 'token', (key: string) => ({ path: `/orders?token=${key}` })],
])('a consumer with an API key: sends it as %s', async (source, value, given) => {
  const shop = await guarded('Apikey');
  const apikeyIdentityConfig = {
    type: 'Apikey',
    apikeySource: { source, value },
    credentials: [{ generateMode: 'Custom', apikey: 'key-1' }],
  };
  await authorize(shop, await consumer(shop, { apikeyIdentityConfig }));
  const call = (key: string) => {
    const { path = '/orders', ...more } = given(key) as { path?: string; headers?: Json };
    return shop.call(path, more);
  };
  expect([(await call('key-1')).status, (await call('key-2')).status, (await shop.call('/orders')).status]).toEqual([
    200, 401, 401,
  ]);
});

describe('a consumer with a token', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const later = Math.floor(Date.now() / 1000) + 600;

  it('is the one whose key has signed it, and whose claim it has', async () => {
    const shop = await guarded('Jwt');
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }] });
    const jwtIdentityConfig = {
      type: 'Jwt',
      jwks,
      jwtTokenConfig: { position: 'HEADER', key: 'Authorization', prefix: 'Bearer', pass: true },
      jwtPayloadConfig: { payloadKeyName: 'uid', payloadKeyValue: '7' },
      claimsToHeadersConfigs: [{ claim: 'sub', header: 'x-sub' }],
    };
    await authorize(shop, await consumer(shop, { jwtIdentityConfig }));
    const token = (claims: object): string => {
      const text = `${part({ alg: 'RS256', kid: 'one' })}.${part(claims)}`;
      return `Bearer ${text}.${createSign('sha256').update(text).sign(privateKey).toString('base64url')}`;
    };
    const call = (authorization: string) => shop.call('/orders', { headers: { authorization } });
    const delivered = await call(token({ uid: '7', sub: 'me', exp: later }));
    expect(JSON.parse(delivered.body)).toMatchObject({ headers: { 'x-sub': 'me', 'x-mse-consumer': 'phone' } });
    const because = async (authorization: string) => (await call(authorization)).because;
    expect(await because(token({ uid: '8', exp: later }))).toMatch(/not one of phone/);
    expect(await because(token({ uid: '7', exp: 1 }))).toMatch(/expired/);
    expect(await because(token({ uid: '7', nbf: later }))).toMatch(/not valid yet/);
    expect(await because(`${token({ uid: '7' })}x`)).toMatch(/No key/);
    expect(await because('Bearer a.b')).toMatch(/not a JWT/);
  });

  it('may be signed with a shared secret', async () => {
    const shop = await guarded('Jwt');
    const secret = Buffer.from('secret');
    const jwks = JSON.stringify({ kty: 'oct', k: secret.toString('base64url') });
    await authorize(shop, await consumer(shop, { jwtIdentityConfig: { type: 'Jwt', secretType: 'Symmetry', jwks } }));
    const text = `${part({ alg: 'HS256' })}.${part({ exp: later })}`;
    const authorization = `Bearer ${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    expect(await shop.call('/orders', { headers: { authorization } })).toMatchObject({ status: 200 });
  });
});
