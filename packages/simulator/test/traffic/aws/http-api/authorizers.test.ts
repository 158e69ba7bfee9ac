import { describe, expect, it } from 'vitest';
import { ACCOUNT, openShop, REGION, shop } from './shop.js';

const ISSUER = 'https://login.example.com';
/** The time at which the simulation starts, in seconds; the shop is open ten minutes later. */
const START = Date.parse('2026-06-01T00:00:00Z') / 1000;
const VALID = { iss: ISSUER, aud: 'orders', exp: START + 3600 };

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: object, header: object = { alg: 'RS256', kid: '1' }): string =>
  `${encoded(header)}.${encoded(claims)}.signature`;

async function withTokens(more: object = {}) {
  const world = await shop();
  const { ApiId } = world;
  const { AuthorizerId } = world.gateway('CreateAuthorizer', {
    ApiId,
    Name: 'tokens',
    AuthorizerType: 'JWT',
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer: ISSUER, Audience: ['orders'] },
  });
  const RequestParameters = { 'append:header.x-user': '$context.authorizer.claims.sub' };
  world.route('GET /orders', world.integration({ RequestParameters }), {
    AuthorizationType: 'JWT',
    AuthorizerId,
    ...more,
  });
  world.stage();
  const ask = async (given?: string) => {
    const { status, body, headers, outcome } = await world.get('/orders', {
      headers: given === undefined ? {} : { Authorization: given },
    });
    return { status, body, outcome, challenge: headers['www-authenticate'], type: headers['content-type'] };
  };
  return { ...world, ask };
}

const refused = (description: string, scope = '') => ({
  status: 401,
  body: '{"message":"Unauthorized"}',
  outcome: 'unauthorized',
  challenge: `Bearer scope="${scope}" error="invalid_token" error_description="${description}"`,
  type: undefined,
});

describe('an authorizer of tokens', () => {
  it('admits a token with or without Bearer, and its claims are values of mappings', async () => {
    const { ask, get } = await withTokens();
    expect(await ask(token(VALID))).toMatchObject({ status: 200, outcome: 'delivered' });
    const headers = { authorization: `Bearer ${token({ ...VALID, sub: 'ann' })}` };
    expect(JSON.parse((await get('/orders', { headers })).body).headers).toMatchObject({ 'x-user': 'ann' });
  });

  it.each([
    ['client_id in place of aud', { ...VALID, aud: undefined, client_id: 'orders' }],
    ['several audiences', { ...VALID, aud: ['others', 'orders'] }],
    ['times that fit', { ...VALID, nbf: START, iat: START }],
  ])('admits %s', async (_what, claims) => {
    const { ask } = await withTokens();
    expect(await ask(token(claims))).toMatchObject({ status: 200 });
  });

  it.each([
    ['another audience', token({ ...VALID, aud: 'others' }), 'the token does not have a valid audience'],
    [
      'aud before client_id',
      token({ ...VALID, aud: 'x', client_id: 'orders' }),
      'the token does not have a valid audience',
    ],
    ['another issuer', token({ ...VALID, iss: 'https://evil.example' }), 'the token does not have a valid issuer'],
    ['a time that is over', token({ ...VALID, exp: START + 599 }), 'the token has expired'],
    ['no end', token({ ...VALID, exp: undefined }), 'the token has expired'],
    ['a time to come', token({ ...VALID, nbf: START + 601 }), 'the token is not yet valid'],
    ['an issue to come', token({ ...VALID, iat: START + 601 }), 'the token was issued in the future'],
    ['no signature', token(VALID, { alg: 'none' }), 'the token has an unsupported algorithm'],
    ['another text', 'Basic YTpi', 'the token is malformed'],
  ])('refuses %s', async (_what, given, description) => {
    const { ask } = await withTokens();
    expect(await ask(given)).toEqual(refused(description));
  });

  it('asks for a token, and expires it in simulated time', async () => {
    const { ask, sim } = await withTokens();
    expect(await ask()).toMatchObject({ status: 401, challenge: 'Bearer' });
    await sim.advance(3_000_000);
    expect(await ask(token(VALID))).toEqual(refused('the token has expired'));
    expect(sim.traffic.counters()).toMatchObject({ calls: 2, lost: 0 });
  });

  it('wants one of the scopes of the route', async () => {
    const { ask } = await withTokens({ AuthorizationScopes: ['orders/read', 'orders/write'] });
    expect(await ask(token({ ...VALID, scope: 'a orders/write' }))).toMatchObject({ status: 200 });
    expect(await ask(token({ ...VALID, scp: ['orders/read'] }))).toMatchObject({ status: 200 });
    expect(await ask(token({ ...VALID, scope: 'orders' }))).toMatchObject({
      status: 403,
      body: '{"message":"Forbidden"}',
      outcome: 'unauthorized',
      challenge: expect.stringContaining('scope="orders/read orders/write" error="insufficient_scope"'),
    });
  });
});

it('a Lambda authorizer: answers what is planted, for calls with its identity sources', async () => {
  const world = await shop();
  const { ApiId, sim } = world;
  const { AuthorizerId } = world.gateway('CreateAuthorizer', {
    ApiId,
    Name: 'function',
    AuthorizerType: 'REQUEST',
    AuthorizerPayloadFormatVersion: '2.0',
    IdentitySource: ['$request.header.X-Key', '$request.querystring.shop'],
    AuthorizerUri: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/arn:aws:lambda:${REGION}:${ACCOUNT}:function:a/invocations`,
  });
  world.route('$default', world.integration(), { AuthorizationType: 'CUSTOM', AuthorizerId });
  world.stage();
  const ask = async (path: string, headers = { 'x-key': '1' }) => {
    const { status, body, outcome } = await world.get(path, { headers });
    return [status, body, outcome];
  };
  expect(await ask('/?shop=1', { 'x-key': '' })).toEqual([401, '{"message":"Unauthorized"}', 'unauthorized']);
  expect(await ask('/')).toEqual([401, '{"message":"Unauthorized"}', 'unauthorized']);
  expect((await ask('/?shop=1'))[0]).toBe(200);
  const plant = (answer: 'allow' | 'deny' | 'error') =>
    sim.plant(REGION, { kind: 'authorizer-answer', apiId: ApiId, authorizerId: AuthorizerId, answer });
  plant('deny');
  expect(await ask('/?shop=1')).toEqual([403, '{"message":"Forbidden"}', 'unauthorized']);
  plant('error');
  expect(await ask('/?shop=1')).toEqual([500, '{"message":"Internal Server Error"}', 'unauthorized']);
  const saved = sim.world();
  sim.reset();
  sim.load(saved);
  expect((await ask('/?shop=1'))[0]).toBe(500);
  expect(() =>
    sim.plant(REGION, { kind: 'authorizer-answer', apiId: ApiId, authorizerId: 'none', answer: 'deny' }),
  ).toThrow('There is no none.');
});

it('a route with IAM authorization: wants a signature for the API', async () => {
  const world = await openShop('GET /orders');
  world.gateway('UpdateRoute', { ApiId: world.ApiId, RouteId: world.routeId, AuthorizationType: 'AWS_IAM' });
  const { status, body, headers, outcome } = await world.get('/orders');
  expect([status, body, headers['content-type'], outcome]).toEqual([
    403,
    '{"message":"Forbidden"}',
    'application/json',
    'unauthorized',
  ]);
  const signed = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260601/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const ask = async (authorization: string) => (await world.get('/orders', { headers: { authorization } })).status;
  expect(await ask(signed('execute-api'))).toBe(200);
  expect(await ask(signed('s3'))).toBe(403);
  expect((await world.get('/orders?X-Amz-Signature=0')).status).toBe(200);
});
