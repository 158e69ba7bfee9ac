import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { parse } from 'yaml';
import { bytes, importWorld, mock, openApi, type ImportWorld } from './open-api.js';
import { privateWorld } from './private-world.js';
import { BAD, NOT_FOUND, refused, restWorld } from './rest-world.js';

const FUNCTION =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:who/invocations';
const INTEGRATION = 'x-amazon-apigateway-integration';
const ANY = 'x-amazon-apigateway-any-method';
const PARAMETER = { name: 'proxy', in: 'path', required: true, schema: { type: 'string' } };
const APIGATEWAY = { extensions: 'apigateway' };

type Rest = ImportWorld['apiGateway'];

/** The export of a stage, read. */
async function read(apiGateway: Rest, restApiId: string, parameters: Record<string, string> = {}, more: object = {}) {
  const input = { restApiId, stageName: 'prod', exportType: 'oas30', parameters, ...more };
  const { body } = await apiGateway.getExport(input);
  return JSON.parse(new TextDecoder().decode(body)) as Record<string, any>;
}

/** A world whose API is a document that is deployed on the stage `prod`. */
async function exported(document: object) {
  const rest = restWorld();
  const { apiGateway } = rest;
  const { id: restApiId = '' } = await apiGateway.importRestApi({ body: bytes(document) });
  await apiGateway.createDeployment({ restApiId, stageName: 'prod' });
  return { ...rest, restApiId, of: (parameters = {}, more = {}) => read(apiGateway, restApiId, parameters, more) };
}

/** A private integration through a V2 link, as an export has it. */
const privateIntegration = (v2: string, alb: string) => ({
  connectionId: v2,
  integrationTarget: alb,
  httpMethod: 'ANY',
  uri: 'https://orders.example.com:8443/internal/{proxy}',
  requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
  passthroughBehavior: 'when_no_match',
  connectionType: 'VPC_LINK',
  timeoutInMillis: 60_000,
  responseTransferMode: 'STREAM',
  type: 'http_proxy',
});

it('is YAML where that is accepted, and imports as it was', async () => {
  const { apiGateway, restApiId } = await exported(openApi({ '/': { get: mock() }, '/pets/{id}': { post: mock() } }));
  const ask = { restApiId, stageName: 'prod', exportType: 'oas30', parameters: { extensions: 'apigateway' } };
  const json = await apiGateway.getExport(ask);
  const yaml = await apiGateway.getExport({ ...ask, accepts: 'application/yaml' });
  expect(yaml.contentDisposition).toMatch(/\.yaml"$/);
  const text = new TextDecoder().decode(yaml.body);
  expect(text).toMatch(/^openapi: 3\.0\.1\n/);
  expect(parse(text)).toEqual(JSON.parse(new TextDecoder().decode(json.body)));
});

describe('GetExport', () => {
  it('truth 6: has what is deployed on the stage, not the working copy', async () => {
    const { apiGateway, restApiId, of } = await exported(openApi({ '/pets': { get: mock() } }));
    const { items = [] } = await apiGateway.getResources({ restApiId });
    const method = { restApiId, resourceId: items.find(({ path }) => path === '/pets')?.id, httpMethod: 'GET' };
    await apiGateway.putIntegration({
      ...method,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri: 'http://new.example.com',
    });
    const integration = async () => (await of({ extensions: 'integrations' }))['paths']['/pets'].get[INTEGRATION];
    expect(await integration()).toEqual({ type: 'mock', passthroughBehavior: 'when_no_match' });
    await apiGateway.createDeployment({ restApiId, stageName: 'prod' });
    expect(await integration()).toEqual({
      type: 'http_proxy',
      httpMethod: 'GET',
      uri: 'http://new.example.com',
      passthroughBehavior: 'when_no_match',
    });
  });

  it('truth 6: follows the stage back to an earlier deployment', async () => {
    const { apiGateway, restApiId, of } = await exported(openApi({ '/old': { get: mock() } }));
    const { deploymentId } = await apiGateway.getStage({ restApiId, stageName: 'prod' });
    await apiGateway.putRestApi({ restApiId, mode: 'overwrite', body: bytes(openApi({ '/new': { get: mock() } })) });
    await apiGateway.createDeployment({ restApiId, stageName: 'prod' });
    expect(Object.keys((await of())['paths'])).toEqual(['/new']);
    const back = { op: 'replace' as const, path: '/deploymentId', value: deploymentId };
    await apiGateway.updateStage({ restApiId, stageName: 'prod', patchOperations: [back] });
    expect(Object.keys((await of())['paths'])).toEqual(['/old']);
  });

  it('leaves stage variables as they are', async () => {
    const own = {
      type: 'http_proxy',
      httpMethod: 'GET',
      uri: 'http://${stageVariables.host}/pets',
      connectionType: 'VPC_LINK',
      connectionId: '${stageVariables.link}',
      passthroughBehavior: 'when_no_match',
    };
    const { apiGateway, restApiId, of } = await exported(openApi({ '/': { [ANY]: mock({}, own) } }));
    const set = { op: 'replace' as const, path: '/variables/link', value: 'abc123' };
    await apiGateway.updateStage({ restApiId, stageName: 'prod', patchOperations: [set] });
    expect((await of({ extensions: 'integrations' }))['paths']['/'][ANY][INTEGRATION]).toEqual(own);
  });

  it('has a private integration as it was imported: what is exported can be imported again', async () => {
    const all = await importWorld(await privateWorld());
    const { apiGateway, put, readMethod, restApiId, v2, alb } = all as typeof all & { v2: string; alb: string };
    await put(openApi({ '/{proxy+}': { [ANY]: mock({ parameters: [PARAMETER] }, privateIntegration(v2, alb)) } }), {
      mode: 'overwrite',
    });
    await apiGateway.createDeployment({ restApiId, stageName: 'prod' });
    const document = await read(apiGateway, restApiId, { extensions: 'integrations' });
    expect(document['paths']['/{proxy+}'][ANY]).toEqual({
      parameters: [PARAMETER],
      responses: { 200: { description: '200 response', content: {} } },
      [INTEGRATION]: privateIntegration(v2, alb),
    });
    const { id: copy = '' } = await apiGateway.importRestApi({ body: bytes(document) });
    const { cacheNamespace: _one, ...first } = (await readMethod('/{proxy+}', 'ANY')).methodIntegration!;
    const { cacheNamespace: _two, ...second } = (await readMethod('/{proxy+}', 'ANY', copy)).methodIntegration!;
    expect(second).toEqual(first);
    expect(second).toMatchObject({ connectionId: v2, integrationTarget: alb, timeoutInMillis: 60_000 });
  });
});

answers('GetExport', () => exported(openApi({ '/pets': { get: mock({ operationId: 'pets' }) } })))`
  answers a file in the version of OpenAPI that was asked for
    GetExport {restApiId: $restApiId, stageName: prod, exportType: oas30}
      -> {contentType: application/octet-stream, contentDisposition: attachment; filename="oas30_1.0.json"}
    of
      == {openapi: 3.0.1, info: {title: imported, version: '1.0'},
      servers: [{url: 'https://$(restApiId).execute-api.eu-west-1.amazonaws.com/{basePath}',
      variables: {basePath: {default: prod}}}], paths: {/pets: {get: {operationId: pets,
      responses: {'200': {description: 200 response, content: {}}}}}}, components: {}}
    of [{}, {exportType: swagger}]
      == {swagger: '2.0', info: {title: imported, version: '1.0'},
      host: $(restApiId).execute-api.eu-west-1.amazonaws.com, basePath: /prod, schemes: [https],
      paths: {/pets: {get: {operationId: pets, responses: {'200': {description: 200 response}}}}}}
`;

answers('GetExport', () => exported(openApi({ '/': { get: mock() } }, { info: { title: 'shop' } })))`
  has the date of an API without a version
    of -> {info=: {title: shop, version: 2026-06-01T00:00:00Z}}
    GetExport {restApiId: $restApiId, stageName: prod, exportType: swagger}
      -> {contentDisposition: attachment; filename="swagger_2026-06-01T00:00:00Z.json"}
`;

/** All that an import can say of methods. */
const WHOLE = openApi(
  {
    '/pets': {
      get: mock({
        operationId: 'list',
        parameters: [
          { name: 'page', in: 'query', schema: { type: 'string' } },
          { name: 'X-Trace', in: 'header', required: true, schema: { type: 'string' } },
        ],
        security: [{ who: [] }, { api_key: [] }],
        responses: {
          200: {
            description: '200 response',
            headers: { 'X-Total': { schema: { type: 'string' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Pets' } } },
          },
        },
      }),
      post: mock(
        {
          requestBody: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
            required: true,
          },
          security: [{ sigv4: [] }],
          'x-amazon-apigateway-request-validator': 'all',
        },
        {
          requestTemplates: { 'application/json': '{"statusCode": 200}' },
          responses: {
            default: { statusCode: '200', responseTemplates: { 'application/json': '{}' } },
            '5\\d{2}': { statusCode: '500', contentHandling: 'CONVERT_TO_TEXT' },
          },
          cacheKeyParameters: [],
          timeoutInMillis: 1000,
        },
      ),
    },
    '/pets/{petId}': {
      [ANY]: mock(
        {
          parameters: [{ name: 'petId', in: 'path', required: true, schema: { type: 'string' } }],
          security: [{ pool: ['pets/read'] }],
        },
        {
          type: 'http',
          httpMethod: 'GET',
          uri: 'http://pets.example.com/{petId}',
          requestParameters: { 'integration.request.path.petId': 'method.request.path.petId' },
          cacheKeyParameters: ['method.request.path.petId'],
          cacheNamespace: 'pets',
          credentials: 'arn:aws:iam::111122223333:role/pets',
          passthroughBehavior: 'never',
          tlsConfig: { insecureSkipVerification: true },
        },
      ),
    },
  },
  {
    components: {
      schemas: {
        Pet: { type: 'object', properties: { name: { type: 'string' } } },
        Pets: { type: 'array', items: { $ref: '#/components/schemas/Pet' } },
        Unused: { type: 'object' },
      },
      securitySchemes: {
        who: {
          type: 'apiKey',
          name: 'X-Token',
          in: 'header',
          'x-amazon-apigateway-authtype': 'custom',
          'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: FUNCTION, authorizerResultTtlInSeconds: 0 },
        },
        pool: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          'x-amazon-apigateway-authtype': 'cognito_user_pools',
          'x-amazon-apigateway-authorizer': {
            type: 'cognito_user_pools',
            providerARNs: ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_a'],
          },
        },
        api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
        sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
      },
    },
    'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
    'x-amazon-apigateway-gateway-responses': {
      THROTTLED: { statusCode: 429, responseTemplates: { 'application/json': '{"slow":"down"}' } },
    },
    'x-amazon-apigateway-binary-media-types': ['image/png'],
    'x-amazon-apigateway-minimum-compression-size': 1024,
    'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
    'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true },
  },
);

describe('the extensions of an export', () => {
  it.each(['oas30', 'swagger'])(
    'with apigateway: a %s document is exported the same after it was imported',
    async (exportType) => {
      const first = await exported(WHOLE);
      const document = await first.of(APIGATEWAY, { exportType });
      const second = await exported(document);
      const same = (text: object) => JSON.stringify(text).replaceAll(second.restApiId, first.restApiId);
      expect(JSON.parse(same(await second.of(APIGATEWAY, { exportType })))).toEqual(document);
    },
  );

  it('with apigateway: OpenAPI has all that was imported and is in use', async () => {
    const { of } = await exported(WHOLE);
    const { servers: _, ...document } = await of(APIGATEWAY);
    const expected = structuredClone(WHOLE) as Record<string, any>;
    delete expected['components'].schemas.Unused;
    delete expected['paths']['/pets'].post[INTEGRATION].cacheKeyParameters;
    expected['paths']['/pets'].post.responses[200] = { description: '200 response', content: {} };
    expected['paths']['/pets/{petId}'][ANY].responses[200] = { description: '200 response', content: {} };
    for (const method of Object.values<any>(expected['paths']['/pets'])) {
      method[INTEGRATION].passthroughBehavior = 'when_no_match';
    }
    expect(document).toEqual(expected);
  });

  it.each([
    ['integrations', [INTEGRATION]],
    ['authorizers', ['x-amazon-apigateway-authorizer']],
    ['integrations,authorizers', [INTEGRATION, 'x-amazon-apigateway-authorizer']],
    ['', []],
  ])('are those that are asked for: %s', async (extensions, wanted) => {
    const { of } = await exported(WHOLE);
    const text = JSON.stringify(await of({ extensions }));
    const found = ['integration', 'authorizer', 'request-validator', 'gateway-responses', 'api-key-source']
      .map((name) => `x-amazon-apigateway-${name}`)
      .filter((name) => text.includes(`"${name}"`));
    expect(found).toEqual(wanted);
    expect(text).toContain('"x-amazon-apigateway-authtype":"awsSigv4"');
  });

  it('of Swagger: a body is a parameter, and content types are lists', async () => {
    const { of } = await exported(WHOLE);
    const document = await of({}, { exportType: 'swagger' });
    expect(document['paths']['/pets'].post).toEqual({
      consumes: ['application/json'],
      produces: ['application/json'],
      parameters: [{ in: 'body', name: 'Pet', required: true, schema: { $ref: '#/definitions/Pet' } }],
      responses: { 200: { description: '200 response' } },
      security: [{ sigv4: [] }],
    });
    expect(document['paths']['/pets'].get.parameters).toEqual([
      { name: 'page', in: 'query', required: false, type: 'string' },
      { name: 'X-Trace', in: 'header', required: true, type: 'string' },
    ]);
    expect(Object.keys(document['definitions'])).toEqual(['Pets', 'Pet']);
  });
});

describe('GetExport refuses', () => {
  it.each<[string, object, string, string]>([
    [
      'an API that does not exist',
      { restApiId: 'nothing' },
      NOT_FOUND,
      'Invalid API identifier specified 111122223333:nothing',
    ],
    ['a stage that does not exist', { stageName: 'beta' }, NOT_FOUND, 'Invalid stage identifier specified'],
    ['another type', { exportType: 'raml' }, BAD, 'Invalid export type specified: raml'],
    ['another extension', { parameters: { extensions: 'all' } }, BAD, 'Invalid extensions specified: all'],
  ])('%s', async (_, input, name, message) => {
    const { apiGateway, restApiId } = await exported(openApi({ '/': { get: mock() } }));
    const call = apiGateway.getExport({ restApiId, stageName: 'prod', exportType: 'oas30', ...input });
    await refused(call, name, message);
  });

  it('models for other content types than JSON only', async () => {
    const content = { 'text/csv': { schema: { $ref: '#/components/schemas/Row' } } };
    const { apiGateway, restApiId } = await exported(
      openApi(
        { '/': { post: mock({ requestBody: { content } }) } },
        { components: { schemas: { Row: { type: 'object' } } } },
      ),
    );
    const call = apiGateway.getExport({ restApiId, stageName: 'prod', exportType: 'oas30' });
    await refused(call, BAD, /^Only found non-JSON body models for /);
  });
});

answers('GetExport refuses', () => exported(openApi({ '/': { get: mock() } })))`
  what is not simulated: Postman
    GetExport {restApiId: $restApiId, stageName: prod, exportType: oas30, parameters: {extensions: postman}} !501 NotImplemented
  what is not simulated: another parameter
    GetExport {restApiId: $restApiId, stageName: prod, exportType: oas30, parameters: {postman: 'true'}} !501 NotImplemented
  what is not simulated: XML
    GetExport {restApiId: $restApiId, stageName: prod, exportType: oas30, accepts: application/xml} !501 NotImplemented
`;
