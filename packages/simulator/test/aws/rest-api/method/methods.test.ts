import { describe, expect, it } from 'vitest';
import { BAD, CONFLICT, INVALID, NOT_FOUND, petsApi, plain, refused, statusOf } from '../rest-world.js';

const UNKNOWN_RESOURCE = 'Invalid Resource identifier specified';
const UNKNOWN_METHOD = 'Invalid Method identifier specified';
const AUTHORIZER =
  'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.';
const VERBS = 'Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY';
const EXPRESSION = 'Invalid mapping expression specified: Validation Result: warnings : [], errors : ';

async function world() {
  const pets = await petsApi();
  const { apiGateway, method } = pets;
  const put = (more: Record<string, unknown>) =>
    apiGateway.putMethod({ ...method, httpMethod: 'ANY', authorizationType: 'NONE', ...more } as never);
  const update = (op: string, path: string, value?: string) =>
    apiGateway.updateMethod({ ...method, patchOperations: [{ op: op as never, path, value }] });
  return { ...pets, put, update };
}

describe('PutMethod', () => {
  it('truth 2: answers 201 with apiKeyRequired, and without what is unset', async () => {
    const { apiGateway, method, put } = await world();
    const made = await put({});
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({ httpMethod: 'ANY', authorizationType: 'NONE', apiKeyRequired: false });
    expect(plain(await apiGateway.getMethod({ ...method, httpMethod: 'ANY' }))).toEqual(plain(made));
  });

  it('answers what was sent', async () => {
    const { put } = await world();
    const input = {
      apiKeyRequired: true,
      operationName: 'ListPets',
      requestParameters: { 'method.request.querystring.page': false, 'method.request.header.x-tenant': true },
      requestModels: { 'application/json': 'Empty' },
    };
    expect(await put(input)).toMatchObject(input);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['an unknown API before the method', { restApiId: 'wrong', httpMethod: 'WRONG' }, NOT_FOUND, UNKNOWN_RESOURCE],
    [
      'an unknown resource before the method',
      { resourceId: 'wrong', httpMethod: 'WRONG' },
      NOT_FOUND,
      UNKNOWN_RESOURCE,
    ],
    ['a method that does not exist', { httpMethod: 'WRONG' }, BAD, VERBS],
    ['a method in lower case', { httpMethod: 'get' }, BAD, VERBS],
    ['a second method of the same verb', { httpMethod: 'GET' }, CONFLICT, 'Method already exists for this resource'],
    ['CUSTOM without an authorizer', { authorizationType: 'CUSTOM' }, BAD, AUTHORIZER],
    ['an unknown authorizer', { authorizationType: 'COGNITO_USER_POOLS', authorizerId: 'abc123' }, BAD, AUTHORIZER],
    [
      'an authorization type that does not exist',
      { authorizationType: 'BASIC' },
      BAD,
      'Invalid authorization type specified',
    ],
    [
      'an unknown request validator',
      { requestValidatorId: 'abc123' },
      BAD,
      'Invalid Request Validator identifier specified',
    ],
    [
      'an unknown model',
      { requestModels: { 'application/json': 'petModel' } },
      BAD,
      'Invalid model identifier specified: petModel',
    ],
    [
      'one parameter name in two places',
      { requestParameters: { 'method.request.querystring.id': false, 'method.request.header.id': false } },
      BAD,
      'Parameter names must be unique across querystring, header and path',
    ],
    [
      'a parameter that is not one of a request',
      { requestParameters: { true: true } },
      BAD,
      `${EXPRESSION}[Invalid mapping expression specified: true]`,
    ],
  ])('refuses %s', async (_, change, name, message) => {
    const { put } = await world();
    await refused(put(change), name, message);
  });
});

describe('UpdateMethod', () => {
  it('adds, replaces and removes entries; a map without entries is absent', async () => {
    const { apiGateway, method } = await world();
    const [page, model] = ['/requestParameters/method.request.querystring.page', '/requestModels/application~1json'];
    const patch = (...patchOperations: { op: 'add' | 'replace' | 'remove'; path: string; value?: string }[]) =>
      apiGateway.updateMethod({ ...method, patchOperations });
    const added = await patch({ op: 'add', path: page, value: 'true' }, { op: 'add', path: model, value: 'Empty' });
    expect(added).toMatchObject({
      requestModels: { 'application/json': 'Empty' },
      requestParameters: { 'method.request.querystring.page': true },
    });
    const replaced = await patch({ op: 'replace', path: page, value: 'false' });
    expect(replaced.requestParameters).toEqual({ 'method.request.querystring.page': false });
    const removed = await patch({ op: 'remove', path: page, value: 'true' }, { op: 'remove', path: model });
    expect(plain(removed)).toEqual({ httpMethod: 'GET', authorizationType: 'NONE', apiKeyRequired: false });
  });

  it('changes the other members', async () => {
    const { apiGateway, method, update } = await world();
    await update('replace', '/operationName', 'ListPets');
    await update('replace', '/apiKeyRequired', 'true');
    await update('replace', '/authorizationType', 'AWS_IAM');
    await update('add', '/authorizationScopes', 'pets.read');
    expect(plain(await apiGateway.getMethod(method))).toEqual({
      httpMethod: 'GET',
      operationName: 'ListPets',
      apiKeyRequired: true,
      authorizationType: 'AWS_IAM',
      authorizationScopes: ['pets.read'],
    });
    expect(await update('remove', '/authorizationScopes', 'pets.read')).not.toHaveProperty('authorizationScopes');
  });

  it('reads another text than true as false, and ignores an authorizer of a method without authorization', async () => {
    const { update } = await world();
    await update('replace', '/apiKeyRequired', 'true');
    expect((await update('replace', '/apiKeyRequired', 'whatever')).apiKeyRequired).toBe(false);
    expect(await update('replace', '/authorizerId', 'abc123')).not.toHaveProperty('authorizerId');
  });

  it.each<[string, string, string, string | undefined, string, string]>([
    ['an operation', 'add', '/operationName', 'x', BAD, 'Invalid patch operation specified. Must be one of: [replace]'],
    ['the HTTP method', 'add', '/httpMethod', 'PUT', BAD, 'Invalid patch path /httpMethod'],
    ['a map as a whole', 'replace', '/requestParameters', 'x', BAD, 'Invalid patch path /requestParameters'],
    [
      'a content type that is not escaped',
      'add',
      '/requestModels/application/json',
      'Empty',
      BAD,
      'Invalid patch path /requestModels/application/json',
    ],
    ['CUSTOM without an authorizer', 'replace', '/authorizationType', 'CUSTOM', BAD, AUTHORIZER],
    [
      'an unknown request validator',
      'replace',
      '/requestValidatorId',
      'x',
      BAD,
      'Invalid Request Validator identifier specified',
    ],
    [
      'a parameter that does not exist',
      'remove',
      '/requestParameters/method.request.header.x',
      undefined,
      NOT_FOUND,
      'Invalid parameter name specified',
    ],
    [
      'a model that does not exist',
      'replace',
      '/requestModels/text~1plain',
      'Empty',
      NOT_FOUND,
      'Content-Type specified was not found',
    ],
  ])('refuses %s', async (_, op, path, value, name, message) => {
    const { update } = await world();
    await refused(update(op, path, value), name, message);
  });

  it('refuses an unknown API, resource and method', async () => {
    const { apiGateway, method } = await world();
    const patchOperations: never[] = [];
    const calls: [Record<string, string>, string][] = [
      [{ restApiId: 'wrong' }, UNKNOWN_RESOURCE],
      [{ resourceId: 'wrong' }, UNKNOWN_RESOURCE],
      [{ httpMethod: 'PUT' }, UNKNOWN_METHOD],
    ];
    for (const [change, message] of calls) {
      await refused(apiGateway.updateMethod({ ...method, ...change, patchOperations }), NOT_FOUND, message);
    }
  });
});

describe('DeleteMethod', () => {
  it('truth 2: answers 204; the method is unknown afterwards', async () => {
    const { apiGateway, method } = await world();
    expect(statusOf(await apiGateway.deleteMethod(method))).toBe(204);
    await refused(apiGateway.getMethod(method), NOT_FOUND, UNKNOWN_METHOD);
    await refused(apiGateway.deleteMethod(method), NOT_FOUND, UNKNOWN_METHOD);
  });
});

describe('a method response', () => {
  const header = 'method.response.header.my-header';
  const path = `/responseParameters/${header}`;

  it('is created with 201, changed with 201 and deleted with 204', async () => {
    const { apiGateway, method } = await world();
    const key = { ...method, statusCode: '200' };
    const made = await apiGateway.putMethodResponse({ ...key, responseParameters: {}, responseModels: {} });
    expect(statusOf(made)).toBe(201);
    expect(plain(made)).toEqual({ statusCode: '200', responseParameters: {}, responseModels: {} });
    const patchOperations = [
      { op: 'add' as const, path, value: 'true' },
      { op: 'add' as const, path: '/responseModels/application~1json', value: 'Empty' },
    ];
    const changed = await apiGateway.updateMethodResponse({ ...key, patchOperations });
    expect(statusOf(changed)).toBe(201);
    const response = {
      statusCode: '200',
      responseParameters: { [header]: true },
      responseModels: { 'application/json': 'Empty' },
    };
    expect(plain(changed)).toEqual(response);
    expect(plain(await apiGateway.getMethodResponse(key))).toEqual(response);
    expect((await apiGateway.getMethod(method)).methodResponses).toEqual({ '200': response });
    expect(statusOf(await apiGateway.deleteMethodResponse(key))).toBe(204);
    expect(await apiGateway.getMethod(method)).not.toHaveProperty('methodResponses');
  });

  it('is without maps when it was created without, or when the last entry is removed', async () => {
    const { apiGateway, method } = await world();
    const key = { ...method, statusCode: '200' };
    expect(plain(await apiGateway.putMethodResponse(key))).toEqual({ statusCode: '200' });
    await apiGateway.updateMethodResponse({ ...key, patchOperations: [{ op: 'add', path, value: 'true' }] });
    const removed = await apiGateway.updateMethodResponse({ ...key, patchOperations: [{ op: 'remove', path }] });
    expect(plain(removed)).toEqual({ statusCode: '200' });
  });

  it('exists once per status code', async () => {
    const { apiGateway, method } = await world();
    const key = { ...method, statusCode: '200' };
    await apiGateway.putMethodResponse(key);
    await refused(apiGateway.putMethodResponse(key), CONFLICT, 'Response already exists for this resource');
  });

  it('is refused in the words of the service', async () => {
    const { apiGateway, method } = await world();
    await apiGateway.putMethodResponse({ ...method, statusCode: '200' });
    const update = (change: Record<string, string>, op: string, at: string) =>
      apiGateway.updateMethodResponse({
        ...method,
        statusCode: '200',
        ...change,
        patchOperations: [{ op: op as never, path: at, value: 'true' }],
      });
    const none = 'Invalid parameter name specified';
    await refused(update({}, 'replace', path), NOT_FOUND, none);
    await refused(update({}, 'remove', '/responseParameters/wrong'), NOT_FOUND, none);
    const noType = 'Content-Type specified was not found';
    await refused(update({}, 'remove', '/responseModels/application~1json'), NOT_FOUND, noType);
    await refused(update({}, 'remove', '/wrong/x'), BAD, 'Invalid patch path /wrong/x');
    await refused(update({ statusCode: '201' }, 'add', path), NOT_FOUND, 'Invalid Response status code specified');
    await refused(update({ httpMethod: 'POST' }, 'add', path), NOT_FOUND, UNKNOWN_METHOD);
    await refused(update({ resourceId: 'wrong' }, 'add', path), NOT_FOUND, UNKNOWN_RESOURCE);
    await refused(
      update({ statusCode: 'wrong' }, 'add', path),
      INVALID,
      "1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy " +
        'regular expression pattern: [1-5]\\d\\d',
    );
    const other = { ...method, statusCode: '404' };
    const header2 = { responseParameters: { 'method.request.header.x': true } };
    await refused(apiGateway.putMethodResponse({ ...other, ...header2 }), BAD, /^Invalid mapping expression specified/);
    const responseModels = { 'application/json': 'Pet' };
    const model = 'Invalid model identifier specified: Pet';
    await refused(apiGateway.putMethodResponse({ ...other, responseModels }), BAD, model);
    const missing = 'Invalid Response status code specified';
    await refused(apiGateway.getMethodResponse(other), NOT_FOUND, missing);
    await refused(apiGateway.deleteMethodResponse(other), NOT_FOUND, missing);
  });
});
