import { APIGateway } from '@aws-sdk/client-api-gateway';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answers } from '../../answers.js';
import { simulate } from '../../../src/index.js';
import { mock, openApi } from './open-api.js';
import { petsApi, plain, refused, restWorld } from './rest-world.js';

const BAD = 'BadRequestException';
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };

/** What AWS answers, as snapshots of LocalStack's tests recorded it; each row names its test. */
describe('API Gateway V1 as it was recorded', () => {
  // test_put_integration_responses; that the other types work likewise is [I]
  it.each([
    ['none', 'NONE'],
    ['None', 'NONE'],
    ['aws_iam', 'AWS_IAM'],
  ])('PutMethod takes the authorization type %s', async (authorizationType, answered) => {
    const { apiGateway, method } = await petsApi();
    const post = { ...method, httpMethod: 'POST' };
    expect(await apiGateway.putMethod({ ...post, authorizationType })).toMatchObject({ authorizationType: answered });
    expect(await apiGateway.getMethod(post)).toMatchObject({ authorizationType: answered });
    const wrong = apiGateway.putMethod({ ...method, httpMethod: 'PUT', authorizationType: 'magic' });
    await refused(wrong, BAD, 'Invalid authorization type specified');
  });

  it('a response template of null, or of no text, is answered as null (test_put_integration_response_templates)', async () => {
    const { simulation, apiGateway, method } = await petsApi();
    const server = await simulation.listen();
    onTestFinished(server.close);
    await apiGateway.putIntegration({ ...method, type: 'MOCK', requestTemplates: { 'application/json': '{}' } });
    const path = `/restapis/${method.restApiId}/resources/${method.resourceId}/methods/GET/integration/responses/200`;
    const authorization =
      'AWS4-HMAC-SHA256 Credential=A/20260601/eu-west-1/apigateway/aws4_request, SignedHeaders=host, Signature=00';
    const send = async (verb: string, body: string | null = null) =>
      (await (
        await fetch(`${server.url}${path}`, { method: verb, headers: { authorization }, body })
      ).json()) as object;
    const responseTemplates = { 'application/json': null, 'text/plain': '', 'text/html': 'a' };
    const answered = { 'application/json': null, 'text/plain': null, 'text/html': 'a' };
    expect(await send('PUT', JSON.stringify({ responseTemplates }))).toMatchObject({ responseTemplates: answered });
    expect(await send('GET')).toMatchObject({ responseTemplates: answered });
    // The SDK keeps null in a map.
    const sdk = new APIGateway({ region: 'eu-west-1', endpoint: server.url, credentials });
    for (const client of [sdk, apiGateway]) {
      const response = await client.getIntegrationResponse({ ...method, statusCode: '200' });
      expect(response.responseTemplates).toEqual(answered);
    }
  });

  it('GetApiKeys takes a negative limit (test_negative_get_usage_plan_api_keys)', async () => {
    const { apiGateway } = restWorld();
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) ids.push((await apiGateway.createApiKey({ name })).id ?? '');
    const { items = [] } = await apiGateway.getApiKeys({ limit: -1 });
    expect(items.map(({ id }) => id).sort()).toEqual(ids.toSorted());
    // test_get_api_keys: the order is not that of their creation; which it is, is [U].
    expect(items.map(({ id }) => id)).not.toEqual(ids);
  });

  it('several violations are counted and joined', async () => {
    const { apiGateway, method } = await petsApi();
    // test_create_rest_api_with_endpoint_configuration
    const endpointConfiguration = { types: ['wrong' as 'EDGE'], ipAddressType: 'wrong' as 'ipv4' };
    await refused(
      apiGateway.createRestApi({ name: 'a', endpointConfiguration }),
      'ValidationException',
      "2 validation errors detected: Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy " +
        'constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]; ' +
        "Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member " +
        'must satisfy enum value set: [ipv4, dualstack]',
    );
    // test_update_method_response_wrong_operations
    const wrong = { op: 'wrong' as 'add', path: '/a' };
    const update = apiGateway.updateMethodResponse({ ...method, statusCode: '200', patchOperations: [wrong, wrong] });
    await refused(
      update,
      'ValidationException',
      /^2 validation errors detected: Value 'wrong' at '[^']*patchOperations\.1\.member\.op' .+; Value 'wrong' at '[^']*patchOperations\.2\.member\.op' /,
    );
  });

  it('an import takes an authorizer of tokens with an empty identity source (test_import_rest_api)', async () => {
    const { apiGateway } = restWorld();
    const uri =
      'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:f/invocations';
    const scheme = {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'custom',
      'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: uri, identitySource: '' },
    };
    const body = openApi({ '/a': { get: mock() } }, { components: { securitySchemes: { Auth0: scheme } } });
    const { id: restApiId } = await apiGateway.importRestApi({
      body: Buffer.from(JSON.stringify(body)),
      failOnWarnings: true,
    });
    expect((await apiGateway.getAuthorizers({ restApiId })).items).toMatchObject([
      { name: 'Auth0', type: 'TOKEN', identitySource: 'method.request.header.Authorization' },
    ]);
  });

  it('an import of a method without responses gives no warning (swagger-mock-cors.json)', async () => {
    const { apiGateway } = restWorld();
    const body = openApi({ '/product': { get: mock({ responses: {} }) } });
    const made = await apiGateway.importRestApi({ body: Buffer.from(JSON.stringify(body)), failOnWarnings: true });
    expect(plain(made)).not.toHaveProperty('warnings');
  });

  it('the URI of an authorizer may have blanks (test_apigateway_with_custom_authorization_method)', async () => {
    const { apiGateway, restApiId } = await petsApi();
    const authorizerUri =
      'arn:aws:apigateway:eu-west-1:lambda:path/ 2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:f /invocations';
    const authorizer = { restApiId, name: 'a', type: 'TOKEN', identitySource: 'method.request.header.Auth' } as const;
    expect(await apiGateway.createAuthorizer({ ...authorizer, authorizerUri })).toMatchObject({ authorizerUri });
  });
});

answers('API Gateway V1 as it was recorded', petsApi)`
  CreateModel leaves out an empty description (test_put_method_model)
    CreateModel {restApiId: $restApiId, name: Pet, contentType: application/json, schema: '{}', description: ''}
      -> {description: absent}
    GetModel {restApiId: $restApiId, modelName: Pet} -> {description: absent}
  DeleteModel names a resource below the root before it (test_put_method_model)
    CreateModel {restApiId: $restApiId, name: Pet, contentType: application/json, schema: '{}'}
    PutMethod {restApiId: $restApiId, resourceId: $rootResourceId, httpMethod: ANY, authorizationType: NONE,
      requestModels: {application/json: Pet}}
    PutMethod {restApiId: $restApiId, resourceId: $resourceId, httpMethod: ANY, authorizationType: NONE,
      requestModels: {application/json: Pet}}
    DeleteModel {restApiId: $restApiId, modelName: Pet}
      !ConflictException: Cannot delete model 'Pet', is referenced in method request: /pets/ANY
`;

answers('API Gateway V1 as it was recorded', restWorld)`
  PutRestApi reads the document before it looks the API up (test_import_api_bad_file)
    PutRestApi {restApiId: none, body: ${Buffer.from('no document')}} !BadRequestException: Invalid OpenAPI input.
`;

// awscli/examples/apigateway and apigatewayv2
it('times are in whole seconds: of both versions, over the wire and in this process', async () => {
  const simulation = simulate({ seed: 7, throttle: false, startAt: '2026-06-01T00:00:00.715Z' });
  const { apiGateway, apiGatewayV2 } = simulation.clients('eu-west-1');
  const second = new Date('2026-06-01T00:00:00Z');
  expect((await apiGateway.createRestApi({ name: 'a' })).createdDate).toEqual(second);
  expect((await apiGatewayV2.createApi({ Name: 'a', ProtocolType: 'HTTP' })).CreatedDate).toEqual(second);
  const server = await simulation.listen();
  onTestFinished(server.close);
  const authorization =
    'AWS4-HMAC-SHA256 Credential=A/20260601/eu-west-1/apigateway/aws4_request, SignedHeaders=host, Signature=00';
  const read = async (path: string) => (await fetch(`${server.url}${path}`, { headers: { authorization } })).text();
  expect(await read('/restapis')).toContain(`"createdDate":${second.getTime() / 1000}`);
  expect(await read('/v2/apis')).toContain('"createdDate":"2026-06-01T00:00:00Z"');
  const client = new APIGateway({ region: 'eu-west-1', endpoint: server.url, credentials });
  expect((await client.getRestApis({})).items?.[0]?.createdDate).toEqual(second);
  client.destroy();
});

// terraform-provider-aws, internal/service/apigatewayv2/integration_test.go

answers('an integration of a WebSocket API', restWorld)`
  of type MOCK chooses its response
    apiGatewayV2:CreateApi {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
    apiGatewayV2:CreateIntegration {ApiId: $ApiId, IntegrationType: MOCK}
      -> {IntegrationResponseSelectionExpression: ${'${integration.response.statuscode}'}}
  of type HTTP chooses its response
    apiGatewayV2:CreateApi {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
    apiGatewayV2:CreateIntegration {ApiId: $ApiId, IntegrationType: HTTP, IntegrationMethod: GET,
      IntegrationUri: http://a.example}
      -> {IntegrationResponseSelectionExpression: ${'${integration.response.statuscode}'}}
  of type HTTP_PROXY chooses its response
    apiGatewayV2:CreateApi {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
    apiGatewayV2:CreateIntegration {ApiId: $ApiId, IntegrationType: HTTP_PROXY, IntegrationMethod: GET,
      IntegrationUri: http://a.example} -> {IntegrationResponseSelectionExpression: absent}
`;
