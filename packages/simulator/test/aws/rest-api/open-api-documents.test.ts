import { APIGateway } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { simulate } from '../../../src/index.js';
import { bytes, importWorld, mock, openApi } from './open-api.js';
import { BAD, petsApi, plain, refused, REGION } from './rest-world.js';

const X = 'x-amazon-apigateway-';
const URI = `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/arn:aws:lambda:${REGION}:111122223333:function:who/invocations`;

const schemas = (of: unknown) => ({ components: { schemas: of } });
const scheme = (more: object = {}) => ({
  type: 'apiKey',
  in: 'header',
  name: 'Auth',
  [`${X}authorizer`]: { type: 'token', authorizerUri: URI, ...more },
});
const authorizers = (...names: string[]) => ({
  components: { securitySchemes: Object.fromEntries(names.map((name) => [name, scheme()])) },
});
const http = (more: object) => ({
  '/': { get: mock({}, { type: 'http', httpMethod: 'GET', uri: 'http://a.b', ...more }) },
});
const body = (schema: object) => ({
  '/': { post: mock({ requestBody: { content: { 'application/json': { schema } } } }) },
});

describe('a document that is too deep', () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  it.each([
    ['a schema', (value: string) => `"components":{"schemas":{"Deep":${value}}}`],
    ['a policy', (value: string) => `"${X}policy":${value}`],
    ['a member of another', (value: string) => `"x-other":${value}`],
    ['a list', (value: string) => `"x-other":${value.replaceAll('{"a":', '[').replaceAll('}', ']')}`],
  ])('in %s is refused', async (_, member) => {
    const { put } = await importWorld();
    const document = (levels: number) => `{"openapi":"3.0.1","info":{"title":"a"},"paths":{},${member(deep(levels))}}`;
    await refused(put(document(500)), BAD, 'Invalid OpenAPI input.');
    await refused(put(document(500_000)), BAD, 'Invalid OpenAPI input.');
    await put(document(450));
  });
});

it('a document with values of other types: has numbers and booleans as text, and null for what is absent', async () => {
  const { put, readMethod, apiGateway, restApiId } = await importWorld();
  const parameters = [{ in: 'query', name: 'q', required: 'true' }];
  const integration = { timeoutInMillis: '60', tlsConfig: { insecureSkipVerification: 'true' } };
  const { get } = http(integration)['/'];
  const made = await put(
    openApi(
      { '/a': { get: { ...get, parameters } }, '/b': http({ timeoutInMillis: null })['/'] },
      {
        [`${X}minimum-compression-size`]: null,
        [`${X}endpoint-configuration`]: { disableExecuteApiEndpoint: 'true' },
        [`${X}request-validators`]: { all: { validateRequestBody: 'true' } },
        components: { securitySchemes: { who: scheme({ authorizerResultTtlInSeconds: null }) } },
      },
    ),
  );
  expect(made).not.toHaveProperty('minimumCompressionSize');
  expect(made.disableExecuteApiEndpoint).toBe(true);
  expect(await readMethod('/a')).toMatchObject({
    requestParameters: { 'method.request.querystring.q': true },
    methodIntegration: { timeoutInMillis: 60, tlsConfig: { insecureSkipVerification: true } },
  });
  expect((await readMethod('/b')).methodIntegration?.timeoutInMillis).toBe(29_000);
  const { items: [validator] = [] } = await apiGateway.getRequestValidators({ restApiId });
  expect(validator).toMatchObject({ validateRequestBody: true, validateRequestParameters: false });
  const { items: [who] = [] } = await apiGateway.getAuthorizers({ restApiId });
  expect(who).not.toHaveProperty('authorizerResultTtlInSeconds');
});

answers('a document with values of other types', importWorld)`
  is refused
    # the text of a timeout
    put ${openApi(http({ timeoutInMillis: 'soon' }), {})} !BadRequestException /Timeout should be between/
    # a list as a timeout
    put ${openApi(http({ timeoutInMillis: [60] }), {})} !BadRequestException /Timeout should be between/
    # a boolean as a size
    put ${openApi({}, { [`${X}minimum-compression-size`]: true })}
      !BadRequestException /^Invalid minimum compression size/
    # a text as an integration
    put ${openApi({ '/': { get: { [`${X}integration`]: 'mock' } } }, {})}
      !BadRequestException /Invalid integration type/
    put ${openApi(['/'], {})} !BadRequestException: Invalid OpenAPI input. # a list of paths
    put ${openApi({}, { info: 'mine' })} !BadRequestException: Invalid OpenAPI input. # a text as info
    # a schema that is no object
    put ${openApi({}, schemas({ Pet: null }))} !BadRequestException /'Pet': .*\[Invalid model schema specified\]$/
    # a status of a gateway response
    put ${openApi({}, { [`${X}gateway-responses`]: { THROTTLED: { statusCode: 'no' } } })}
      !BadRequestException /'THROTTLED': .*Value 'no' at 'statusCode'/
    methods == [GET /pets]
`;

it.each([
  ['a path', { '/': { $ref: '#/paths/~1no' } }, 'Invalid reference specified: #/paths/~1no'],
  ['a circle of paths', { '/': { $ref: '#/paths/~1' } }, 'Invalid reference specified: #/paths/~1'],
  [
    'a parameter',
    { '/': { get: mock({ parameters: [{ $ref: '#/components/parameters/no' }] }) } },
    "Unable to put method 'GET' on resource at path '/': Invalid reference specified: #/components/parameters/no",
  ],
  [
    'a response',
    { '/': { get: mock({ responses: { 200: { $ref: '#/components/responses/no' } } }) } },
    "Unable to put method response on 'GET' for resource at path '/': Invalid reference specified: #/components/responses/no",
  ],
  [
    'a model, in the schema of a body',
    body({ type: 'array', items: { $ref: '#/components/schemas/No' } }),
    'errors : [Invalid model specified: No]',
  ],
])('a document that refers to nothing: is refused: %s', async (_, paths, message) => {
  const { put } = await importWorld();
  const error = (await put(openApi(paths)).catch((reason: unknown) => reason)) as Error;
  expect(error).toMatchObject({ name: BAD, message: expect.stringContaining(message) });
});

it('a document with the names of all objects: has models, validators and content types of these names', async () => {
  const { put, readMethod, apiGateway, restApiId } = await importWorld();
  const content = { PROTO: { schema: { $ref: '#/components/schemas/constructor' } } };
  const document = openApi(
    { '/constructor': { get: mock({ requestBody: { content } }) } },
    { ...schemas({ constructor: { type: 'object' } }), [`${X}request-validators`]: { PROTO: {} } },
  );
  await put(JSON.stringify(document).replaceAll('PROTO', '__proto__'));
  const { requestModels = {} } = await readMethod('/constructor');
  expect(Object.entries(requestModels)).toEqual([['__proto__', 'constructor']]);
  const { items = [] } = await apiGateway.getRequestValidators({ restApiId });
  expect(items.map(({ name }) => name)).toEqual(['__proto__']);
});

answers('a document with the names of all objects', importWorld)`
  may name no scheme or type with them
    put ${openApi({ '/': { get: mock({ security: [{ constructor: [] }] }) } })}
      !BadRequestException /Invalid security scheme specified/
    put ${openApi({}, { [`${X}gateway-responses`]: { constructor: {} } })} !BadRequestException /'responseType'/
`;

describe('a document beyond a quota', () => {
  const world = async () => importWorld(await petsApi({ quotas: { 'authorizers-per-rest-api': 2 } }));

  it('of authorizers is refused; those of the same name are not new', async () => {
    const { put, apiGateway, restApiId } = await world();
    await put(openApi({}, authorizers('a', 'b')));
    await put(openApi({}, authorizers('b', 'a')));
    const message = /^Errors found during import:\n\tUnable to create Authorizer 'c': Maximum number of Authorizers/;
    await refused(put(openApi({}, authorizers('c'))), BAD, message);
    expect((await apiGateway.getAuthorizers({ restApiId })).items).toHaveLength(2);
    await put(openApi({}, authorizers('c')), { mode: 'overwrite' });
    expect((await apiGateway.getAuthorizers({ restApiId })).items?.map(({ name }) => name)).toEqual(['c']);
  });
});

it('an import that is refused: leaves everything as it was, in the saved world, too', async () => {
  const { put, apiGateway, restApiId, simulation } = await importWorld();
  await put(openApi({ '/a': { get: mock() } }, { ...schemas({ Pet: { type: 'object' } }), ...authorizers('who') }));
  const lists = async () => [
    plain(await apiGateway.getRestApi({ restApiId })),
    (await apiGateway.getResources({ restApiId, embed: ['methods'] })).items,
    (await apiGateway.getModels({ restApiId })).items,
    (await apiGateway.getAuthorizers({ restApiId })).items,
    (await apiGateway.getRequestValidators({ restApiId })).items,
    (await apiGateway.getGatewayResponses({ restApiId, limit: 500 })).items,
  ];
  const before = await lists();
  const settings = {
    ...schemas({ Pet: { type: 'array' }, Other: {} }),
    [`${X}request-validators`]: { all: {} },
    [`${X}gateway-responses`]: { THROTTLED: { statusCode: 430 } },
    [`${X}policy`]: { Statement: [] },
  };
  for (const mode of ['merge', 'overwrite']) {
    const bad = openApi({ '/a': { get: mock({ operationId: 'x' }), post: mock() }, b: {} }, settings);
    await refused(put(bad, { mode }), BAD, /^Errors found during import:/);
    await refused(put(openApi({ '/a': { get: mock({ security: [{ no: [] }] }) } }, settings), { mode }), BAD, /no/);
    const odd = openApi({ '/z': { get: mock({}, { 'other-member': 1 }) } }, settings);
    await refused(put(odd, { mode }), 'NotImplemented', /other-member/);
  }
  expect(await lists()).toEqual(before);
  simulation.load(JSON.parse(JSON.stringify(simulation.world())) as never);
  expect(await lists()).toEqual(before);
});

it('documents over the wire: have up to 6 MB', async () => {
  const server = await simulate({ throttle: false }).listen();
  try {
    const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
    const client = new APIGateway({ region: REGION, endpoint: server.url, credentials, maxAttempts: 1 });
    const { id: restApiId } = await client.createRestApi({ name: 'shop' });
    const put = (size: number) =>
      client.putRestApi({ restApiId, body: bytes(openApi({}, { 'x-other': 'a'.repeat(size) })) });
    expect((await put(6 * 1024 * 1024 - 200)).name).toBe('imported');
    await refused(put(6 * 1024 * 1024), BAD, /6 MB/);
  } finally {
    await server.close();
  }
});
