import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { idOf } from '../../alibaba/ecs/account.js';
import { publish, shop, type Shop } from './shop.js';

const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const SECRET = 'a key of tests';
const OCT = { kty: 'oct', k: part(SECRET) };
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const EC = { ...publicKey.export({ format: 'jwk' }), kid: 'second' };
const seconds = (): number => Math.floor(Date.now() / 1000);

const hs256 = (claims: object, secret = SECRET): string => {
  const text = `${part({ alg: 'HS256' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
};
const es256 = (claims: object): string => {
  const text = `${part({ alg: 'ES256', kid: 'second' })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
};

/** One world: each plug-in has an API of its own. */
let world: Shop;
let apis = 0;
beforeAll(async () => {
  world = await shop();
});

function plugged(PluginType: string, body: object | string, more: Readonly<Record<string, unknown>> = {}): string {
  const { cloud, groupId: GroupId } = world;
  apis += 1;
  const path = `/p${apis}`;
  const ApiId = publish(cloud, GroupId, { path, access: 'server', more });
  const PluginData = typeof body === 'string' ? body : JSON.stringify(body);
  const PluginId = idOf(
    cloud.cloudapi('CreatePlugin', { PluginName: `plugin${apis}`, PluginType, PluginData }),
    'PluginId',
  );
  cloud.cloudapi('AttachPlugin', { PluginId, GroupId, ApiId, StageName: 'RELEASE' });
  return path;
}

const call = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  world.call({ host: world.host, path, method, headers });

describe('jwtAuth', () => {
  const claimParameters = [
    { claimName: 'sub', parameterName: 'X-User', location: 'header' },
    { claimName: 'shop', parameterName: 'shop', location: 'query' },
  ];

  it('passes calls with a token that one of its keys has signed, with claims for the backend', async () => {
    const path = plugged('jwtAuth', {
      parameter: 'X-Token',
      parameterLocation: 'header',
      jwk: OCT,
      jwks: [EC],
      claimParameters,
    });
    for (const token of [hs256({ sub: 'ann', shop: 7 }), es256({ sub: 'ann', shop: 7 })]) {
      const { status, body } = await call(`${path}?a=1`, { 'x-token': token });
      expect(status).toBe(200);
      const { headers, query } = JSON.parse(body);
      expect([headers['x-user'], headers['x-token'], query]).toEqual(['ann', token, 'a=1&shop=7']);
    }
  });

  it('reads Authorization with Bearer, or a query, and may remove the token', async () => {
    const bearer = plugged('jwtAuth', { parameter: 'Authorization', parameterLocation: 'header', jwk: OCT });
    expect(await world.get(bearer, { authorization: `Bearer ${hs256({})}` })).toBe('delivered 200');
    const query = plugged('jwtAuth', {
      parameter: 'token',
      parameterLocation: 'query',
      jwk: OCT,
      preserveParameter: false,
    });
    const { body } = await call(`${query}?token=${hs256({})}&b=2`);
    expect(JSON.parse(body).query).toBe('b=2');
  });

  it.each([
    ['none', '', 'A400JR'],
    ['one that is none', 'abc', 'I400JD'],
    ['one of another key', hs256({}, 'another'), 'A403JT'],
    ['one that names a key that is not there', `${part({ alg: 'HS256', kid: 'x' })}.${part({})}.aa`, 'A403JK'],
    ['one that has expired', hs256({ exp: seconds() - 5 }), 'A403JE'],
    ['one that is not valid yet', hs256({ nbf: seconds() + 500 }), 'A403JT'],
  ])('refuses calls by their token: %s', async (_what, token, code) => {
    const jwk = code === 'A403JK' ? { ...OCT, kid: 'first' } : OCT;
    const path = plugged('jwtAuth', { parameter: 'X-Token', parameterLocation: 'header', jwk });
    const answer = await world.get(path, token === '' ? {} : { 'x-token': token });
    expect(answer).toBe(`unauthorized ${code.slice(1, 4)} ${code}`);
  });

  it('follows its options: an empty token, one that has expired, one that is used twice', async () => {
    const data = { parameter: 'X-Token', parameterLocation: 'header', jwk: OCT };
    const old = { 'x-token': hs256({ exp: 1 }) };
    expect(await world.get(plugged('jwtAuth', { ...data, bypassEmptyToken: true }))).toBe('delivered 200');
    expect(await world.get(plugged('jwtAuth', { ...data, ignoreExpirationCheck: true }), old)).toBe('delivered 200');
    const once = plugged('jwtAuth', { ...data, preventJtiReplay: true });
    const token = { 'x-token': hs256({ jti: 'one' }) };
    expect(await world.get(once, { 'x-token': hs256({}) })).toBe('unauthorized 403 S403JI');
    expect(await world.get(once, token)).toBe('delivered 200');
    expect(await world.get(once, token)).toBe('unauthorized 403 S403JU');
  });

  it('says where its keys are not known: behind an address, or nowhere', async () => {
    const token = { authorization: hs256({}) };
    const uri = 'parameter: Authorization\nparameterLocation: header\njwksUri: https://keys.example.com\n';
    expect(await world.get(plugged('jwtAuth', uri), token)).toBe('unauthorized 501');
    expect(await world.get(plugged('jwtAuth', {}), token)).toBe('unauthorized 400 I400JP');
  });
});

describe('ipControl', () => {
  // Callers of the simulated data path have the address 203.0.113.10.
  it.each([
    ['allows addresses in its list', 'type: ALLOW\nitems:\n- blocks: [192.0.2.1, 203.0.113.0/24]\n', 'delivered 200'],
    ['allows no others', 'type: ALLOW\nitems:\n- blocks: [192.0.2.0/24]\n', 'unauthorized 403 A403IP'],
    ['refuses addresses in its list', 'type: REFUSE\nitems:\n- blocks: [203.0.113.10]\n', 'unauthorized 403 A403IP'],
    ['refuses no others', 'type: REFUSE\nitems:\n- blocks: [192.0.2.0/24]\n', 'delivered 200'],
    ['has no effect without a list', 'type: ALLOW\n', 'delivered 200'],
    [
      'asks for an application where it names one',
      'type: ALLOW\nitems:\n- {blocks: [203.0.113.10], appId: 7}\n',
      'unauthorized 403 A403IP',
    ],
  ])('%s', async (_what, body, expected) => {
    expect(await world.get(plugged('ipControl', body))).toBe(expected);
  });

  it('may look at X-Forwarded-For', async () => {
    const path = plugged('ipControl', 'type: ALLOW\nresource: "XFF:-1"\nitems:\n- blocks: [192.0.2.0/24]\n');
    expect(await world.get(path, { 'x-forwarded-for': '203.0.113.1, 192.0.2.9' })).toBe('delivered 200');
    expect(await world.get(path, { 'x-forwarded-for': '192.0.2.9, 203.0.113.1' })).toBe('unauthorized 403 A403IP');
  });

  it('is also a policy of the older form, which a change of it reaches', async () => {
    const { cloud, groupId: GroupId, ordersId: ApiIds } = world;
    const items = [{ CidrIp: '192.0.2.1;198.51.100.0/24' }];
    const made = { IpControlName: 'office', IpControlType: 'ALLOW', IpControlPolicys: items };
    const IpControlId = idOf(cloud.cloudapi('CreateIpControl', made), 'IpControlId');
    const bound = { IpControlId, GroupId, ApiIds, StageName: 'RELEASE' };
    cloud.cloudapi('SetIpControlApis', bound);
    expect(await world.get('/orders/7')).toBe('unauthorized 403 A403IP');
    cloud.cloudapi('AddIpControlPolicyItem', { IpControlId, CidrIp: '203.0.113.10' });
    expect(await world.get('/orders/7')).toBe('delivered 200');
    cloud.cloudapi('RemoveIpControlApis', bound);
  });
});

describe('cors', () => {
  const BODY =
    'allowOrigins: shop.example.com,*.example.org\nallowMethods: GET,POST\nexposeHeaders: X-A\nallowCredentials: true\nmaxAge: 600\n';

  it('answers a preflight request in the place of the API, which has another method', async () => {
    const path = plugged('cors', BODY);
    const headers = { origin: 'https://shop.example.com', 'access-control-request-method': 'GET' };
    expect(await call(path, headers, 'OPTIONS')).toMatchObject({
      status: 200,
      body: '',
      headers: {
        'access-control-allow-origin': 'https://shop.example.com',
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-headers': '*',
        'access-control-allow-credentials': 'true',
        'access-control-max-age': '600',
      },
    });
    expect((await call(path, {}, 'OPTIONS')).status).toBe(404);
    const without = await call('/orders/7', headers, 'OPTIONS');
    expect([without.status, without.headers['access-control-allow-origin']]).toEqual([404, undefined]);
  });

  it('adds headers to answers, errors included, and refuses other origins', async () => {
    const path = plugged('cors', BODY);
    const origin = 'http://a.example.org';
    expect((await call(path, { origin })).headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'X-A',
    });
    expect((await call(path)).headers).not.toHaveProperty('access-control-allow-origin');
    expect(await world.get(path, { origin: 'https://example.org' })).toBe('unauthorized 403 A403CO');
    const guarded = plugged('cors', {}, { AuthType: 'APP' });
    const refused = await call(guarded, { origin });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([400, origin]);
  });
});

describe('accessControl, basicAuth', () => {
  const RULES = {
    parameters: { kind: 'Header:x-kind', level: 'Query:level', ip: 'CaClientIp' },
    rules: [
      { name: 'admin', condition: "$kind = 'admin' or ($kind = 'staff' and $level >= 10)", ifTrue: 'ALLOW' },
      {
        name: 'users',
        condition: "$kind <> 'user'",
        ifTrue: 'DENY',
        statusCode: 451,
        errorMessage: 'Not ${kind} at ${ip}',
      },
    ],
  };

  it('decide by the first rule that says so, in its words', async () => {
    const path = plugged('accessControl', RULES);
    const by = (kind: string, query = '') => world.get(`${path}${query}`, { 'x-kind': kind });
    expect(await by('admin')).toBe('delivered 200');
    expect(await by('staff', '?level=9')).toBe('unauthorized 451 A403AC');
    expect(await by('staff', '?level=10')).toBe('delivered 200');
    expect(await by('user')).toBe('delivered 200');
    expect((await call(path, { 'x-kind': 'guest' })).headers['x-ca-error-message']).toBe('Not guest at 203.0.113.10');
  });

  it('say where a condition is not simulated', async () => {
    const rules = [{ name: 'some', condition: 'Random() < 0.5', ifTrue: 'DENY' }];
    expect(await world.get(plugged('accessControl', { rules }))).toBe('unauthorized 501');
  });

  it('ask for a name and a password', async () => {
    const path = plugged('basicAuth', 'users:\n- {username: ann, password: of tests}\n');
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    expect(await world.get(path, basic('ann:of tests'))).toBe('delivered 200');
    expect(await world.get(path, basic('ann:wrong'))).toBe('unauthorized 403 A403PR');
    expect(await world.get(path)).toBe('unauthorized 403 A403PR');
  });
});

describe('what lies between an API and its backend', () => {
  const answers = (behavior: { status?: number; body?: string }) =>
    world.sim.backends.add({ address: '10.0.3.10', port: 80, behavior });
  afterEach(() => void world.sim.backends.remove());

  it('caches answers to GET for a time, but not at the domain of the group', async () => {
    const path = plugged('caching', { varyByHeaders: ['x-lang'], duration: 30 });
    world.cloud.cloudapi('SetDomain', { GroupId: world.groupId, DomainName: 'api.example.com' });
    const get = async (host: string, lang: string) =>
      (await world.call({ host, path, headers: { 'x-lang': lang } })).headers['x-ca-caching'] ?? 'no';
    const seen = [
      await get('api.example.com', 'a'),
      await get('api.example.com', 'a'),
      await get('api.example.com', 'b'),
    ];
    expect([...seen, await get(world.host, 'a')]).toEqual(['no', 'true', 'no', 'no']);
    await world.sim.advance(31_000);
    expect(await get('api.example.com', 'a')).toBe('no');
  });

  it('signs calls to backends, by a plug-in or by a key of the older form', async () => {
    const path = plugged('backendSignature', { type: 'APIGW_BACKEND', key: 'a-key', secret: 'of tests' });
    const { headers } = JSON.parse((await call(path)).body);
    const text = `GET\n\nx-ca-proxy-signature-secret-key:a-key\n${path}`;
    expect(headers['x-ca-proxy-signature']).toBe(createHmac('sha256', 'of tests').update(text).digest('base64'));
    const { cloud, groupId: GroupId, ordersId: ApiIds } = world;
    const made = { SignatureName: 'old_key', SignatureKey: 'key_of_tests', SignatureSecret: 'secret_of_tests' };
    const SignatureId = idOf(cloud.cloudapi('CreateSignature', made), 'SignatureId');
    cloud.cloudapi('SetSignatureApis', { SignatureId, GroupId, ApiIds, StageName: 'RELEASE' });
    const seen = JSON.parse((await call('/orders/7')).body);
    expect(seen.headers['x-ca-proxy-signature-secret-key']).toBe('key_of_tests');
    cloud.cloudapi('RemoveSignatureApis', { SignatureId, GroupId, ApiIds, StageName: 'RELEASE' });
  });

  it('chooses a backend by conditions', async () => {
    const path = plugged('routing', {
      parameters: { version: 'Header:x-version' },
      routes: [
        { condition: "$version < '2'", backend: { type: 'MOCK', statusCode: 400, mockBody: 'too old' } },
        { condition: "$version = '9'", backend: { type: 'HTTP-VPC', vpcAccessName: 'balancer' } },
      ],
    });
    const by = async (version: string) => {
      const { status, body } = await call(path, { 'x-version': version });
      return body.startsWith('{') ? JSON.parse(body).destination : `${status} ${body}`;
    };
    const [own, other] = [await by('5'), await by('9')];
    expect([await by('1'), own]).toEqual(['400 too old', '10.0.3.10']);
    expect(other).not.toBe(undefined);
  });

  it('maps errors that the backend answers', async () => {
    const path = plugged('errorMapping', {
      parameters: { statusCode: 'StatusCode', code: 'BodyJsonField:$.result', id: 'BodyJsonField:$.id' },
      errorCondition: "$statusCode = 200 and $code <> 'OK'",
      errorCode: 'code',
      mappings: [{ code: 'NO_ROLE', statusCode: 404, errorMessage: 'No role, ${id}' }],
      defaultMapping: { statusCode: 500 },
    });
    const by = async (body: object) => {
      answers({ body: JSON.stringify(body) });
      const { status, headers } = await call(path);
      return [status, headers['x-ca-error-message']];
    };
    expect(await by({ result: 'OK' })).toEqual([200, undefined]);
    expect(await by({ result: 'NO_ROLE', id: 'r-1' })).toEqual([404, 'No role, r-1']);
    expect(await by({ result: 'other' })).toEqual([500, undefined]);
  });

  it('breaks the circuit after errors, for a time', async () => {
    const body = {
      errorCondition: '$StatusCode = 503',
      errorThreshold: 2,
      windowInSeconds: 30,
      openTimeoutSeconds: 15,
    };
    const path = plugged('circuitBreaker', body);
    answers({ status: 503 });
    const ended = [await world.get(path), await world.get(path), await world.get(path)];
    expect(ended).toEqual(['delivered 503', 'delivered 503', 'timeout 503 D503CB']);
    answers({ status: 200 });
    await world.sim.advance(16_000);
    expect(await world.get(path)).toBe('delivered 200');
  });
});
