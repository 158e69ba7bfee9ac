import { describe, expect, it } from 'vitest';
import { ACCOUNT, BAD, CONFLICT, INVALID, NOT_FOUND, petsApi, plain, refused, statusOf } from './rest-world.js';

const URI =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:who/invocations';
const POOL = `arn:aws:cognito-idp:eu-west-1:${ACCOUNT}:userpool/eu-west-1_ABC123`;
const UNKNOWN = 'Invalid Authorizer identifier specified';
const BUSY = 'Unable to complete operation due to concurrent modification. Please try again later.';

async function world() {
  const pets = await petsApi({ quotas: { 'authorizers-per-rest-api': 3 } });
  const { apiGateway, restApiId } = pets;
  const create = (more: object = {}) =>
    apiGateway.createAuthorizer({
      restApiId,
      name: 'who',
      type: 'TOKEN',
      authorizerUri: URI,
      identitySource: 'method.request.header.Auth',
      ...more,
    });
  const update = (authorizerId: string | undefined, op: string, path: string, value?: string) =>
    apiGateway.updateAuthorizer({ restApiId, authorizerId, patchOperations: [{ op: op as never, path, value }] });
  return { ...pets, create, update };
}

describe('CreateAuthorizer', () => {
  it('answers 201 without a TTL that is not given', async () => {
    const { create, apiGateway, restApiId } = await world();
    const made = await create();
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({
      id: expect.stringMatching(/^[a-z0-9]{6}$/),
      name: 'who',
      type: 'TOKEN',
      authType: 'custom',
      authorizerUri: URI,
      identitySource: 'method.request.header.Auth',
    });
    expect(plain(await apiGateway.getAuthorizer({ restApiId, authorizerId: made.id }))).toEqual(plain(made));
    expect((await apiGateway.getAuthorizers({ restApiId })).items).toEqual([plain(made)]);
  });

  it('takes user pools, and requests', async () => {
    const { create } = await world();
    const pools = { type: 'COGNITO_USER_POOLS', providerARNs: [POOL], authorizerUri: undefined };
    expect(await create(pools)).toMatchObject({ authType: 'cognito_user_pools', providerARNs: [POOL] });
    const request = { name: 'free', type: 'REQUEST', identitySource: undefined, authorizerResultTtlInSeconds: 0 };
    expect(await create(request)).toMatchObject({ type: 'REQUEST', authorizerResultTtlInSeconds: 0 });
  });

  it.each([
    ['an empty name', { name: '' }, /name/],
    [
      'a URI that is no function',
      { authorizerUri: 'arn:aws:lambda:eu-west-1:1:function:who' },
      /^Invalid Authorizer URI: /,
    ],
    ['a URI without a region', { authorizerUri: URI.replace('eu-west-1', 'region') }, /Lambda function invocation\.$/],
    ['a token that is no header', { identitySource: 'method.request.querystring.Auth' }, /TOKEN/],
    ['a TTL above an hour', { authorizerResultTtlInSeconds: 3601 }, /TTL/],
    ['a cached request without identity', { type: 'REQUEST', identitySource: undefined }, /caching is enabled/],
    ['user pools without ARNs', { type: 'COGNITO_USER_POOLS' }, /Cognito/],
    ['user pools of another kind', { type: 'COGNITO_USER_POOLS', providerARNs: [URI] }, /Cognito/],
    [
      'user pools without a header',
      { type: 'COGNITO_USER_POOLS', providerARNs: [POOL], identitySource: '' },
      /Identity/,
    ],
  ])('refuses %s', async (_, more, message) => {
    const { create } = await world();
    await refused(create(more), BAD, message);
  });

  it('refuses a name twice, an unknown type, and an authorizer beyond the quota', async () => {
    const { create } = await world();
    await create();
    await refused(create(), BAD, 'Authorizer name must be unique. Authorizer who already exists in this RestApi.');
    await refused(create({ type: 'JWT' }), INVALID, /'createAuthorizerInput.type'/);
    await create({ name: 'two' });
    await create({ name: 'three' });
    await refused(create({ name: 'four' }), 'LimitExceededException', /Authorizers/);
  });

  it('answers an unknown API with a conflict; the list does not', async () => {
    const { create, apiGateway } = await world();
    await refused(create({ restApiId: 'nothing123' }), CONFLICT, BUSY);
    const restApiId = 'nothing123';
    await refused(
      apiGateway.getAuthorizers({ restApiId }),
      NOT_FOUND,
      `Invalid API identifier specified ${ACCOUNT}:nothing123`,
    );
    await refused(apiGateway.getAuthorizer({ restApiId, authorizerId: 'a' }), NOT_FOUND, UNKNOWN);
  });
});

describe('UpdateAuthorizer', () => {
  it('changes members; of the ARNs, one at a time', async () => {
    const { create, update } = await world();
    const { id } = await create({ type: 'COGNITO_USER_POOLS', providerARNs: [POOL] });
    expect(await update(id, 'replace', '/authorizerResultTtlInSeconds', '60')).toMatchObject({
      authorizerResultTtlInSeconds: 60,
    });
    expect((await update(id, 'add', '/providerARNs', `${POOL}4`)).providerARNs).toEqual([POOL, `${POOL}4`]);
    expect((await update(id, 'remove', '/providerARNs', POOL)).providerARNs).toEqual([`${POOL}4`]);
    expect(await update(id, 'replace', '/name', 'new')).toMatchObject({ name: 'new', id });
  });

  it('refuses what a new authorizer is refused for, and what is not there', async () => {
    const { create, update } = await world();
    const { id } = await create();
    await refused(update(id, 'replace', '/authorizerUri', 'no'), BAD, /^Invalid Authorizer URI: no\. /);
    await refused(update(id, 'replace', '/type', 'JWT'), BAD, /JWT/);
    await refused(update(id, 'remove', '/name'), BAD, /Please choose supported operations$/);
    await refused(update('nothing', 'replace', '/name', 'a'), NOT_FOUND, UNKNOWN);
  });
});

describe('DeleteAuthorizer', () => {
  it('refuses one that a method uses, and deletes others', async () => {
    const { create, apiGateway, restApiId, method } = await world();
    const { id: authorizerId } = await create();
    await apiGateway.deleteMethod(method);
    await apiGateway.putMethod({ ...method, authorizationType: 'CUSTOM', authorizerId });
    const remove = () => apiGateway.deleteAuthorizer({ restApiId, authorizerId });
    await refused(remove(), CONFLICT, "Cannot delete authorizer 'who', is referenced in method: GET//pets");
    await apiGateway.deleteMethod(method);
    expect(statusOf(await remove())).toBe(202);
    await refused(remove(), NOT_FOUND, UNKNOWN);
  });
});
