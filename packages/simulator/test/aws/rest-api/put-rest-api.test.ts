import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { BOMB, importWorld, mock, openApi } from './open-api.js';
import { ACCOUNT, BAD, plain, refused, statusOf } from './rest-world.js';

const overwrite = { mode: 'overwrite' };

/** Few aliases of a text of a megabyte. */
const LONG = `openapi: 3.0.1\nx: &x ${'y'.repeat(1_000_000)}\nz: [${Array(90).fill('*x').join(', ')}]`;

describe('PutRestApi with merge, the default', () => {
  it('adds methods and keeps the others', async () => {
    const { put, methods, apiGateway, restApiId, resourceId } = await importWorld();
    const answer = await put(openApi({ '/pets': { post: mock() }, '/a/b': { get: mock() } }));
    expect(statusOf(answer)).toBe(200);
    expect(plain(answer)).toEqual({ ...plain(await apiGateway.getRestApi({ restApiId })) });
    expect(answer).toMatchObject({ id: restApiId, name: 'imported', version: '1.0', tags: {} });
    expect(answer).not.toHaveProperty('warnings');
    expect(await methods()).toEqual(['GET /a/b', 'GET /pets', 'POST /pets']);
    const { items = [] } = await apiGateway.getResources({ restApiId });
    expect(items.find(({ path }) => path === '/pets')?.id).toBe(resourceId);
    expect(items.map(({ path }) => path).sort()).toEqual(['/', '/a', '/a/b', '/pets']);
  });

  it('keeps settings that the document does not name, and adds to the binary media types', async () => {
    const { put, apiGateway, restApiId } = await importWorld();
    const change = (path: string, value?: string) => ({ op: value === undefined ? 'add' : 'replace', path, value });
    await apiGateway.updateRestApi({
      restApiId,
      patchOperations: [change('/binaryMediaTypes/image~1heif'), change('/description', 'mine')] as never,
    });
    const types = { 'x-amazon-apigateway-binary-media-types': ['image/png', 'image/jpg'] };
    expect(await put(openApi({}, types))).toMatchObject({
      description: 'mine',
      binaryMediaTypes: ['image/heif', 'image/png', 'image/jpg'],
    });
  });
});

answers('PutRestApi with merge, the default', importWorld)`
  replaces a method that the document names
    put ${openApi({ '/pets': { get: mock({ operationId: 'first' }) } })}
    put ${openApi({ '/pets': { get: mock({ operationId: 'second' }) } })}
    readMethod /pets -> {operationName: second}
`;

describe('PutRestApi with overwrite', () => {
  it('replaces resources, models, validators, authorizers and gateway responses', async () => {
    const { put, methods, apiGateway, restApiId, rootResourceId, resourceId } = await importWorld();
    await apiGateway.createRequestValidator({ restApiId, name: 'all' });
    await apiGateway.putGatewayResponse({ restApiId, responseType: 'THROTTLED', statusCode: '503' });
    const schemas = { Pet: { type: 'object', description: 'a pet' } };
    await put(openApi({ '/pets': { post: mock() } }, { components: { schemas } }), overwrite);
    expect(await methods()).toEqual(['POST /pets']);
    const { items = [] } = await apiGateway.getResources({ restApiId });
    expect(items.find(({ path }) => path === '/')?.id).toBe(rootResourceId);
    expect(items.find(({ path }) => path === '/pets')?.id).not.toBe(resourceId);
    const { items: models = [] } = await apiGateway.getModels({ restApiId });
    expect(models.map(({ name, description }) => [name, description])).toEqual([['Pet', 'a pet']]);
    expect((await apiGateway.getRequestValidators({ restApiId })).items).toEqual([]);
    const throttled = await apiGateway.getGatewayResponse({ restApiId, responseType: 'THROTTLED' });
    expect(throttled.defaultResponse).toBe(true);
  });

  it('returns settings that the document does not name to their defaults', async () => {
    const { put, apiGateway, restApiId } = await importWorld();
    const settings = {
      'x-amazon-apigateway-binary-media-types': ['image/heif'],
      'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
      'x-amazon-apigateway-minimum-compression-size': 10,
      'x-amazon-apigateway-policy': { Statement: [] },
      'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true },
    };
    expect(await put(openApi({}, settings), overwrite)).toMatchObject({
      apiKeySource: 'AUTHORIZER',
      binaryMediaTypes: ['image/heif'],
      minimumCompressionSize: 10,
      policy: '{\\"Statement\\":[]}',
      disableExecuteApiEndpoint: true,
    });
    await put(openApi({}, { info: { title: 'bare' } }), overwrite);
    const bare = await apiGateway.getRestApi({ restApiId });
    expect(bare).toMatchObject({ name: 'bare', apiKeySource: 'HEADER', disableExecuteApiEndpoint: false });
    for (const name of ['version', 'binaryMediaTypes', 'minimumCompressionSize', 'policy'])
      expect(bare).not.toHaveProperty(name);
  });
});

answers('PutRestApi with overwrite', importWorld)`
  truth 6: does not touch deployments and stages
    PutIntegration {<<: $method, type: MOCK}
    CreateDeployment {restApiId: $restApiId, stageName: prod}
    before = GetDeployment {restApiId: $restApiId, deploymentId: $id, embed: [apisummary]}
    advance 60000
    put [${openApi({ '/other': { get: mock() } })}, ${overwrite}]
    GetDeployment {restApiId: $restApiId, deploymentId: $id, embed: [apisummary]} == $before
    GetStage {restApiId: $restApiId, stageName: prod} -> {deploymentId: $id}
`;

describe('an import that is refused', () => {
  it('changes nothing, and names every method', async () => {
    const { put, methods, apiGateway, restApiId } = await importWorld();
    const bad = mock({}, { type: 'http', httpMethod: 'GET', uri: 'ftp://x' });
    const document = openApi({
      '/': { get: bad },
      '/{proxy+}': { 'x-amazon-apigateway-any-method': bad },
      '/ok': { get: mock() },
    });
    const message =
      'Errors found during import:\n' +
      "\tUnable to put integration on 'GET' for resource at path '/': Invalid HTTP endpoint specified for URI\n" +
      "\tUnable to put integration on 'ANY' for resource at path '/{proxy+}': Invalid HTTP endpoint specified for URI";
    await refused(put(document, overwrite), BAD, message);
    expect(await methods()).toEqual(['GET /pets']);
    expect(await apiGateway.getRestApi({ restApiId })).toMatchObject({ name: 'shop' });
  });

  it.each([
    [
      'two variables beside each other',
      { '/user/{a}/x': {}, '/user/{b}/y': {} },
      "Unable to create resource at path '/user/{b}/y': A sibling ({a}) of this resource already has a variable path part -- only one is allowed",
    ],
    [
      'a path part of other letters',
      { '/a b': {} },
      "Unable to create resource at path '/a b': Resource's path part only allow",
    ],
    ['a path without a slash', { a: {} }, "Unable to create resource at path 'a': Resource a should start with /"],
    [
      'TRACE',
      { '/': { trace: mock() } },
      "Unable to put method 'TRACE' on resource at path '/': Invalid HttpMethod specified",
    ],
    [
      'an unknown validator',
      { '/': { get: mock({ 'x-amazon-apigateway-request-validator': 'no' }) } },
      'Invalid Request Validator identifier specified',
    ],
    ['an unknown scheme', { '/': { get: mock({ security: [{ no: [] }] }) } }, 'Invalid security scheme specified: no'],
    [
      'an unknown integration',
      { '/': { get: mock({}, { type: 'soap' }) } },
      'Invalid integration type specified: SOAP',
    ],
    [
      'a response without a status',
      { '/': { get: mock({}, { responses: { default: {} } }) } },
      'Member must satisfy regular expression pattern: [1-5]\\d\\d',
    ],
    [
      'a header that the method does not declare',
      {
        '/': {
          get: mock(
            {},
            {
              responses: { default: { statusCode: '200', responseParameters: { 'method.response.header.A': "'b'" } } },
            },
          ),
        },
      },
      "Unable to put integration response on 'GET' for resource at path '/': Invalid mapping expression specified",
    ],
  ])('has %s', async (_, paths, message) => {
    const { put } = await importWorld();
    const error = await put(openApi(paths)).then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    expect(error?.name).toBe(BAD);
    expect(error?.message).toContain('Errors found during import:\n\t');
    expect(error?.message).toContain(message);
  });

  it('has models of other letters, or that refer to nothing', async () => {
    const { put } = await importWorld();
    const schemas = { body_1: { type: 'object' }, Pet: { items: [{ $ref: '#/components/schemas/Owner' }] } };
    const message =
      'Errors found during import:\n' +
      "\tUnable to create model for 'body_1': Model name must be alphanumeric: body_1\n" +
      "\tUnable to create model for 'Pet': Invalid model specified: Validation Result: warnings : [], errors : [Invalid model specified: Owner]";
    await refused(put(openApi({}, { components: { schemas } })), BAD, message);
  });

  it('has warnings, if the caller wants it so', async () => {
    const { put, methods } = await importWorld();
    const requestParameters = { 'integration.request.header.a': "'b'", 'integration.request.header.c': true };
    const document = openApi({ '/a': { get: mock({}, { requestParameters }) } });
    const warning =
      "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.c' of " +
      "resource '/a' and method 'GET' but got 'true'";
    await refused(put(document, { failOnWarnings: true }), BAD, `Warnings found during import:\n\t${warning}`);
    expect(await methods()).toEqual(['GET /pets']);
    expect((await put(document)).warnings).toEqual([warning]);
    expect(await methods()).toEqual(['GET /a', 'GET /pets']);
  });

  it('names its warnings beside its errors', async () => {
    const { put } = await importWorld();
    const content = (schema: object) => ({ content: { 'application/json': { schema } } });
    const get = mock({
      requestBody: content({ $ref: '#/components/schemas/No' }),
      responses: { 201: content({ type: 'string' }) },
    });
    const message =
      'Errors found during import:\n' +
      "\tUnable to create resource at path 'b': Resource b should start with /\n" +
      'Additionally, these warnings were found:\n' +
      "\tReference to model 'No' not found. Ignoring.\n" +
      "\tUnsupported model type 'StringSchema' in 201 response to method 'GET /a'. Ignoring.";
    await refused(put(openApi({ '/a': { get, post: mock({ responses: {} }) }, b: {} })), BAD, message);
  });
});

answers('an import that is refused', importWorld)`
  is no document of OpenAPI 3
    put no !BadRequestException: Invalid OpenAPI input. # no document
    put '{"openapi":' !BadRequestException: Invalid OpenAPI input. # broken JSON
    put {info: {}} !BadRequestException: Invalid OpenAPI input. # JSON of another kind
    put '[]' !BadRequestException: Invalid OpenAPI input. # a list
    # broken YAML
    put ${'openapi: 3.0.1\ninfo: {'} !BadRequestException: Invalid OpenAPI input.
    # YAML that names a key twice
    put ${'openapi: 3.0.1\ninfo: {}\ninfo: {}\n'} !BadRequestException: Invalid OpenAPI input.
    put ${BOMB} !BadRequestException: Invalid OpenAPI input. # YAML with a bomb
    put ${LONG} !BadRequestException: Invalid OpenAPI input. # YAML with a long text many times
    # YAML without an end of depth
    put ${`openapi: 3.0.1\nx: ${'['.repeat(20_000)}`} !BadRequestException: Invalid OpenAPI input.
    # OpenAPI 3.1
    put ${openApi({}, { openapi: '3.1.0' })}
      !BadRequestException /^Invalid OpenAPI input\. Its openapi is 3\.1\.0: .*3\.0\.1/
    put {swagger: '1.2'} !BadRequestException /swagger is 1\.2/ # Swagger 1.2
    put ${`openapi: 3.0.1\nx: ${'y'.repeat(1024 * 1024)}`} !NotImplemented /1 MB/ # YAML of more than 1 MB
    put ${' '.repeat(6 * 1024 * 1024 + 1)} !BadRequestException /6 MB/ # more than 6 MB
  names an unknown API or mode
    put [${openApi({})}, {restApiId: nothing123}]
      !NotFoundException: ${`Invalid API identifier specified ${ACCOUNT}:nothing123`}
    put [${openApi({})}, {mode: replace}] !ValidationException /mode/
`;

// The document, the options and the resources of
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
describe('the base path of a document', () => {
  const swagger = { swagger: '2.0', info: { title: 'a' }, basePath: '/a/b/c', paths: { '/e': {}, '/f': {} } };
  const at = (...servers: object[]) => openApi({ '/e': {}, '/f': {} }, { servers });
  const variable = { basePath: { default: '/a/b/c' } };

  it.each([
    ['of Swagger', swagger],
    ['as the path of a server', at({ url: 'https://{host}/a/b/c/', variables: { host: { default: 'x.example' } } })],
    ['as a relative server', at({ url: '/a/b/c' })],
    [
      'as a variable in the path of a server',
      at({ url: 'https://x.example/{v}/b/c', variables: { v: { default: 'a' } } }),
    ],
    ['as a variable that no server uses', at({ url: 'https://x.example/z', variables: variable }, { url: '/y' })],
    [
      'as the first of two variables',
      at({ url: '/', variables: variable }, { variables: { basePath: { default: '/y' } } }),
    ],
  ])('%s', async (_, document) => {
    const paths = async (parameters: Record<string, string>) => {
      const { put, apiGateway, restApiId } = await importWorld();
      await put(document, { mode: 'overwrite', parameters });
      const { items = [] } = await apiGateway.getResources({ restApiId });
      return items.map(({ path }) => path).sort();
    };
    expect(await paths({})).toEqual(['/', '/e', '/f']);
    expect(await paths({ basepath: 'ignore' })).toEqual(['/', '/e', '/f']);
    expect(await paths({ basepath: 'prepend' })).toEqual(['/', '/a', '/a/b', '/a/b/c', '/a/b/c/e', '/a/b/c/f']);
    expect(await paths({ basepath: 'split' })).toEqual(['/', '/b', '/b/c', '/b/c/e', '/b/c/f']);
  });
});

answers('the base path of a document', importWorld)`
  is refused with another option
    put [{swagger: '2.0', info: {title: a}, basePath: /a/b/c, paths: {/e: {}, /f: {}}},
      {parameters: {basepath: append}}] !BadRequestException /^Invalid base path mode specified: append/
`;

it.each([
  ['an extension of the API', openApi({}, { 'x-amazon-apigateway-cors': {} })],
  ['an extension of a path', openApi({ '/': { 'x-amazon-apigateway-cors': {} } })],
  ['an extension of a method', openApi({ '/': { get: mock({ 'x-amazon-apigateway-cors': {} }) } })],
  [
    'a member of an integration as Terraform writes it',
    openApi({ '/': { get: { 'x-amazon-apigateway-integration': { type: 'MOCK', connection_type: 'INTERNET' } } } }),
  ],
  ['an extension of a server', openApi({}, { servers: [{ url: '/', 'x-amazon-apigateway-cors': {} }] })],
  ['a member of an integration', openApi({ '/': { get: mock({}, { 'integration-target': 'a' }) } })],
  ['another document', openApi({ '/': { $ref: 'https://example.com/a.json' } })],
  ['a cookie', openApi({ '/': { get: mock({ parameters: [{ in: 'cookie', name: 'a' }] }) } })],
  [
    'a scheme without an authorizer',
    openApi(
      { '/': { get: mock({ security: [{ jwt: [] }] }) } },
      { components: { securitySchemes: { jwt: { type: 'http' } } } },
    ),
  ],
])('not simulated, and refused with 501: %s', async (_, document) => {
  const { put } = await importWorld();
  await refused(put(document), 'NotImplemented', /is not simulated\.$/);
});

answers('not simulated, and refused with 501', importWorld)`
  the parameters
    put [${openApi({})}, {parameters: {ignore: models}}] !NotImplemented /import parameter/
    put [${openApi({})}, {parameters: {other: x}}] !NotImplemented /import parameter/
`;
