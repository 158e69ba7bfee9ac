import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../../../core/test/runs.js';
import { ACCOUNT, FORBIDDEN, REGION, restShop, seen } from './rest-shop.js';

const KEY = 'abcdefghijklmnopqrstuvwxyz';
const TOO_MANY = '{"message":"Too Many Requests"}';
const key = { 'X-Api-Key': KEY };

/** A method that requires a key, and one that does not; a key with a usage plan for the stage. */
async function planned(plan: object = {}, throttle = true) {
  const shop = await restShop({ throttle });
  shop.method(
    'GET /pets',
    { type: 'MOCK', requestTemplates: { 'application/json': '{"statusCode":200}' } },
    { apiKeyRequired: true },
  );
  const open = shop.method('GET /open', {});
  shop.response(shop.method('POST /pets', {}, { apiKeyRequired: true }), '200');
  shop.response({ resourceId: open.resourceId, httpMethod: 'GET' }, '200');
  shop.deploy();
  const { id: keyId } = shop.rest('CreateApiKey', { name: 'key', value: KEY, enabled: true });
  const apiStages = [{ apiId: shop.restApiId, stage: 'prod', ...(plan['apiStage' as never] as object) }];
  const { apiStage: _, ...more } = plan as { apiStage?: object };
  const { id: usagePlanId } = shop.rest('CreateUsagePlan', { name: 'plan', apiStages, ...more });
  shop.rest('CreateUsagePlanKey', { usagePlanId, keyId, keyType: 'API_KEY' });
  const post = (headers: Record<string, string> = key) => shop.get('/prod/pets', { method: 'POST', headers });
  return { ...shop, keyId: keyId as string, usagePlanId: usagePlanId as string, post };
}

describe('a method that requires an API key', () => {
  it('answers 403 with 23 bytes without one that is enabled and has a plan for the stage', async () => {
    const shop = await planned();
    expect((await shop.post()).outcome).toBe('delivered');
    const refuse = async (headers: Record<string, string>, because: RegExp) => {
      const answer = await shop.post(headers);
      expect(seen(answer)).toEqual([403, FORBIDDEN, 'ForbiddenException']);
      expect(answer).toMatchObject({ outcome: 'unauthorized', because: expect.stringMatching(because) });
    };
    await refuse({}, /no header x-api-key/);
    expect((await shop.post({ 'x-postern-permitted': 'yes' })).outcome).toBe('delivered');
    await refuse({ 'x-api-key': 'other' }, /No API key has the value/);
    shop.rest('UpdateApiKey', {
      apiKey: shop.keyId,
      patchOperations: [{ op: 'replace', path: '/enabled', value: 'false' }],
    });
    await refuse(key, /is not enabled/);
    shop.rest('UpdateApiKey', {
      apiKey: shop.keyId,
      patchOperations: [{ op: 'replace', path: '/enabled', value: 'true' }],
    });
    shop.rest('DeleteUsagePlanKey', { usagePlanId: shop.usagePlanId, keyId: shop.keyId });
    await refuse(key, /has no usage plan for stage prod/);
  });

  it('truth 16: above the rate of the plan is 429 with 31 bytes, and the backend is not called', async () => {
    const shop = await planned({ throttle: { rateLimit: 1, burstLimit: 2 } });
    expect([(await shop.post()).status, (await shop.post()).status]).toEqual([200, 200]);
    const answer = await shop.post();
    expect([...seen(answer), answer.bytes.length]).toEqual([429, TOO_MANY, 'TooManyRequestsException', 31]);
    expect(answer).toMatchObject({ outcome: 'throttled', trace: { target: '', link: '' } });
    expect(answer.headers).not.toHaveProperty('retry-after');
    await shop.sim.advance(1000);
    expect((await shop.post()).status).toBe(200);
  });

  it('truth 16: the plan’s limit of a method goes first', async () => {
    const shop = await planned({ apiStage: { throttle: { '/pets/POST': { rateLimit: 1, burstLimit: 1 } } } });
    expect([(await shop.post()).status, (await shop.post()).status]).toEqual([200, 429]);
    expect((await shop.get('/prod/pets', { headers: key })).outcome).not.toBe('throttled');
  });

  it('beyond the quota is 429 with 28 bytes until the period ends', async () => {
    const shop = await planned({ quota: { limit: 2, period: 'DAY' } }, false);
    expect([(await shop.post()).status, (await shop.post()).status]).toEqual([200, 200]);
    const answer = await shop.post();
    expect([...seen(answer), answer.bytes.length]).toEqual([
      429,
      '{"message":"Limit Exceeded"}',
      'LimitExceededException',
      28,
    ]);
    expect(answer.outcome).toBe('throttled');
    await shop.sim.advance(86_400_000);
    expect((await shop.post()).status).toBe(200);
  });
});

describe('truth 16: the throttle of a stage', () => {
  const path = (method: string, limit: string) => `/${method}/throttling/${limit}`;

  it('holds for a method, before the one for all methods', async () => {
    const shop = await planned();
    shop.stage(path('*/*', 'burstLimit'), '1');
    shop.stage(path('*/*', 'rateLimit'), '1');
    shop.stage(path('~1pets/POST', 'burstLimit'), '2');
    const statuses = [];
    for (let call = 0; call < 3; call += 1)
      statuses.push((await shop.post()).status, (await shop.get('/prod/open')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429, 429]);
  });

  it.each(['~1', ''])('holds for a method of the root path, whose key is `%s/GET`', async (root) => {
    const shop = await planned();
    shop.response(shop.method('GET /', {}), '200');
    shop.deploy();
    shop.stage(path(`${root}/GET`, 'burstLimit'), '1');
    const statuses = [];
    for (const target of ['/prod/', '/prod', '/prod/open']) statuses.push((await shop.get(target)).status);
    expect(statuses).toEqual([200, 429, 200]);
  });

  it('of 0 refuses all calls, and none where nothing throttles', async () => {
    for (const throttle of [true, false]) {
      const shop = await planned({}, throttle);
      shop.stage(path('*/*', 'burstLimit'), '0');
      shop.stage(path('*/*', 'rateLimit'), '0');
      expect((await shop.get('/prod/open')).status).toBe(throttle ? 429 : 200);
    }
  });

  it.runIf(PROVE)('of the account comes last: 5,000 calls at once', async () => {
    const shop = await planned();
    for (let call = 0; call < 5000; call += 1) await shop.get('/prod/open');
    expect((await shop.get('/prod/open')).outcome).toBe('throttled');
  });
});

describe('an authorizer', () => {
  async function authorized(authorizer: object | undefined, type: string) {
    const shop = await restShop();
    const authorizerUri = `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/arn:aws:lambda:${REGION}:${ACCOUNT}:function:who/invocations`;
    const { id: authorizerId } = authorizer
      ? shop.rest('CreateAuthorizer', { name: 'who', authorizerUri, ...authorizer })
      : { id: undefined };
    shop.method('GET /pets', {}, { authorizationType: type, ...(authorizerId !== undefined && { authorizerId }) });
    shop.deploy();
    return {
      ...shop,
      authorizerId: authorizerId as string,
      as: (headers: Record<string, string>, query = '') => shop.get(`/prod/pets${query}`, { headers }),
    };
  }
  const UNAUTHORIZED = [401, '{"message":"Unauthorized"}', 'UnauthorizedException'];
  const token = {
    type: 'TOKEN',
    identitySource: 'method.request.header.Authorization',
    identityValidationExpression: 'Bearer .+',
  };

  it('TOKEN refuses a call without a token, and one of another form', async () => {
    const { as } = await authorized(token, 'CUSTOM');
    expect(seen(await as({}))).toEqual(UNAUTHORIZED);
    expect(seen(await as({ Authorization: 'Basic x' }))).toEqual(UNAUTHORIZED);
    expect((await as({ Authorization: 'Bearer x' })).outcome).toBe('delivered');
  });

  it('TOKEN answers as its function does, where that is planted', async () => {
    const { as, sim, restApiId, authorizerId } = await authorized(token, 'CUSTOM');
    const answers = { apiId: restApiId, authorizerId, kind: 'authorizer-answer' } as const;
    sim.plant(REGION, { ...answers, answer: 'deny' });
    expect(seen(await as({ Authorization: 'Bearer x' }))).toEqual([
      403,
      '{"Message":"User is not authorized to access this resource with an explicit deny"}',
      'AccessDeniedException',
    ]);
  });

  it('REQUEST needs each of its sources', async () => {
    const identitySource = 'method.request.header.X-Tenant, method.request.querystring.t';
    const { as } = await authorized({ type: 'REQUEST', identitySource }, 'CUSTOM');
    expect((await as({ 'X-Tenant': 'a' })).status).toBe(401);
    expect((await as({ 'X-Tenant': 'a' }, '?t=1')).status).toBe(200);
  });

  const may = { 'x-postern-permitted': 'yes' };
  it.each([
    ['a token', token, 'CUSTOM'],
    [
      'a user pool',
      {
        type: 'COGNITO_USER_POOLS',
        identitySource: token.identitySource,
        providerARNs: [`arn:aws:cognito-idp:${REGION}:${ACCOUNT}:userpool/a`],
      },
      'COGNITO_USER_POOLS',
    ],
    ['IAM', undefined, 'AWS_IAM'],
  ])('with %s lets a caller through who may call', async (_, authorizer, type) => {
    const { as } = await authorized(authorizer, type);
    expect((await as({})).outcome).toBe('unauthorized');
    expect((await as(may)).outcome).toBe('delivered');
  });

  it('IAM needs a signature', async () => {
    const { as } = await authorized(undefined, 'AWS_IAM');
    expect(seen(await as({}))).toEqual([
      403,
      '{"message":"Missing Authentication Token"}',
      'MissingAuthenticationTokenException',
    ]);
    expect(
      (
        await as({
          Authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20260601/eu-west-1/execute-api/aws4_request, Signature=0',
        })
      ).status,
    ).toBe(200);
  });
});

describe('a request validator', () => {
  async function validated() {
    const shop = await restShop();
    const { id: requestValidatorId } = shop.rest('CreateRequestValidator', {
      name: 'all',
      validateRequestBody: true,
      validateRequestParameters: true,
    });
    const schema = JSON.stringify({
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'integer', minimum: 1 }, tags: { type: 'array', items: { enum: ['a', 'b'] } } },
      additionalProperties: false,
    });
    shop.rest('CreateModel', { name: 'Order', contentType: 'application/json', schema });
    const requestParameters = {
      'method.request.querystring.qs1': true,
      'method.request.header.x-header-param': true,
      'method.request.header.x-optional': false,
    };
    shop.method(
      'POST /orders/{issuer}',
      {},
      { requestValidatorId, requestParameters, requestModels: { 'application/json': 'Order' } },
    );
    shop.deploy();
    const post = (path: string, headers: Record<string, string>, body: string) =>
      shop.get(`/prod/orders/a${path}`, { method: 'POST', headers, body });
    return { ...shop, post };
  }
  const given = ['?qs1=1', { 'X-Header-Param': 'x' }] as const;

  it('names missing parameters: headers first', async () => {
    const { post } = await validated();
    const answer = await post('', {}, '{"id":1}');
    expect(seen(answer)).toEqual([
      400,
      '{"message": "Missing required request parameters: [x-header-param, qs1]"}',
      'BadRequestException',
    ]);
    expect((await post(...given, '{"id":1}')).outcome).toBe('delivered');
  });

  it.each(['', 'text', '[]', '{}', '{"id":"1"}', '{"id":0}', '{"id":1,"tags":["c"]}', '{"id":1,"more":1}'])(
    'refuses the body %j',
    async (body) => {
      const { post } = await validated();
      expect(seen(await post(...given, body))).toEqual([
        400,
        '{"message": "Invalid request body"}',
        'BadRequestException',
      ]);
    },
  );
});
