import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { importWorld, mock, openApi } from './open-api.js';
import { privateWorld } from './private-world.js';
import { BAD, refused } from './rest-world.js';

const URI =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:who/invocations';
const PROXY = {
  type: 'http_proxy',
  httpMethod: 'ANY',
  uri: 'http://orders.internal/internal/{proxy}',
  connectionType: 'VPC_LINK',
  passthroughBehavior: 'when_no_match',
  requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
};
const PARAMETER = { name: 'proxy', in: 'path', required: true, schema: { type: 'string' } };

async function world() {
  const all = await privateWorld();
  const { put, readMethod } = await importWorld(all);
  const proxy = (integration: object) =>
    openApi({
      '/{proxy+}': {
        parameters: [PARAMETER],
        'x-amazon-apigateway-any-method': mock({}, { ...PROXY, ...integration }),
      },
    });
  return { ...all, import: (integration: object) => put(proxy(integration)), readMethod };
}

it('a private integration of a document: truth 3: needs a target for a V2 link; a variable does not', async () => {
  const all = await world();
  const message =
    'Errors found during import:\n' +
    `\tUnable to put integration on 'ANY' for resource at path '/{proxy+}': IntegrationTarget is required for VpcLinkV2 ${all.v2}.`;
  await refused(all.import({ connectionId: all.v2 }), BAD, message);
  await all.import({ connectionId: '${stageVariables.link}' });
  expect(await all.readMethod('/{proxy+}', 'ANY')).toMatchObject({
    methodIntegration: { connectionId: '${stageVariables.link}' },
  });
});

answers('a private integration of a document', world)`
  keeps the link and the target, and gets the defaults
    import {connectionId: $v2, integrationTarget: $alb, responseTransferMode: STREAM}
    readMethod ['/{proxy+}', ANY]
      == {httpMethod: ANY, authorizationType: NONE, apiKeyRequired: false,
      requestParameters: {method.request.path.proxy: true}, methodResponses: {'200': {statusCode: '200'}},
      methodIntegration: {type: HTTP_PROXY, httpMethod: ANY, uri: 'http://orders.internal/internal/{proxy}',
      connectionType: VPC_LINK, connectionId: $v2, integrationTarget: $alb,
      requestParameters: ${PROXY.requestParameters}, responseTransferMode: STREAM, passthroughBehavior: WHEN_NO_MATCH,
      timeoutInMillis: 29000, cacheNamespace: '/^[a-z0-9]{6}$/', cacheKeyParameters: []}}
  can use a V1 link
    import {connectionId: $v1, tlsConfig: {insecureSkipVerification: true}, timeoutInMillis: 1000}
    readMethod ['/{proxy+}', ANY]
      -> {methodIntegration: {connectionId: $v1, tlsConfig: {insecureSkipVerification: true}, timeoutInMillis: 1000}}
  takes no other target than a load balancer
    import {connectionId: $v2, integrationTarget: arn:aws:elb} !BadRequestException /Invalid IntegrationTarget/
`;

describe('a method of a document', () => {
  it('has parameters, models and responses', async () => {
    const { put, readMethod } = await importWorld();
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } };
    const document = openApi(
      {
        '/pets/{id}': {
          parameters: [{ $ref: '#/components/parameters/id' }, { name: 'page', in: 'query', required: true }],
          get: {
            operationId: 'getPet',
            parameters: [
              { name: 'page', in: 'query' },
              { name: 'x-a', in: 'header', required: true },
            ],
            requestBody: { content },
            responses: {
              200: { headers: { 'x-b': {} }, content },
              404: { $ref: '#/components/responses/missing' },
              default: { description: 'other' },
            },
            'x-amazon-apigateway-integration': {
              type: 'http',
              httpMethod: 'get',
              uri: 'http://example.com/{id}',
              payloadFormatVersion: '1.0',
              contentHandling: 'convert_to_text',
              responses: {
                default: { statusCode: 200, responseParameters: { 'method.response.header.x-b': "'c'" } },
                '4\\d{2}': { statusCode: '404', responseTemplates: { 'application/json': '' } },
              },
            },
          },
        },
      },
      {
        components: {
          schemas: {
            Pet: { type: 'object', properties: { owner: { $ref: '#/components/schemas/Owner' } } },
            Owner: {},
          },
          parameters: { id: { name: 'id', in: 'path', required: true } },
          responses: { missing: { description: 'none' } },
        },
      },
    );
    await put(document);
    const { methodIntegration, ...method } = await readMethod('/pets/{id}');
    expect(method).toEqual({
      httpMethod: 'GET',
      authorizationType: 'NONE',
      apiKeyRequired: false,
      operationName: 'getPet',
      requestParameters: {
        'method.request.path.id': true,
        'method.request.querystring.page': false,
        'method.request.header.x-a': true,
      },
      requestModels: { 'application/json': 'Pet' },
      methodResponses: {
        200: {
          statusCode: '200',
          responseParameters: { 'method.response.header.x-b': false },
          responseModels: { 'application/json': 'Pet' },
        },
        404: { statusCode: '404' },
      },
    });
    expect(methodIntegration).toMatchObject({
      type: 'HTTP',
      httpMethod: 'GET',
      connectionType: 'INTERNET',
      contentHandling: 'CONVERT_TO_TEXT',
      integrationResponses: {
        200: { statusCode: '200', responseParameters: { 'method.response.header.x-b': "'c'" } },
        // an empty text is null
        404: { statusCode: '404', selectionPattern: '4\\d{2}', responseTemplates: { 'application/json': null } },
      },
    });
    expect(methodIntegration?.integrationResponses?.['200']).not.toHaveProperty('selectionPattern');
  });

  it('refers to models by address, and gets one for a schema of its own', async () => {
    const { put, readMethod, apiGateway, restApiId } = await importWorld();
    const schema = { type: 'array', items: { $ref: '#/components/schemas/Pet' } };
    const get = mock({ requestBody: { content: { 'application/json': { schema } } } });
    await put(openApi({ '/a': { get } }, { components: { schemas: { Pet: { type: 'object' } } } }));
    const { requestModels } = await readMethod('/a');
    const modelName = requestModels?.['application/json'];
    const model = await apiGateway.getModel({ restApiId, modelName });
    expect(JSON.parse(model.schema ?? '')).toEqual({
      type: 'array',
      items: { $ref: `https://apigateway.amazonaws.com/restapis/${restApiId}/models/Pet` },
    });
  });

  it('of Swagger has its body and its content types', async () => {
    const { put, readMethod } = await importWorld();
    await put({
      swagger: '2.0',
      info: { title: 'old', version: 1 },
      basePath: '/ignored',
      consumes: ['application/xml'],
      definitions: { Pet: { type: 'object' } },
      paths: {
        '/a': {
          put: mock({
            parameters: [{ in: 'body', name: 'pet', schema: { $ref: '#/definitions/Pet' } }],
            responses: { 200: { schema: { $ref: '#/definitions/Pet' } } },
          }),
        },
      },
    });
    expect(await readMethod('/a', 'PUT')).toMatchObject({
      requestModels: { 'application/xml': 'Pet' },
      methodResponses: { 200: { responseModels: { 'application/json': 'Pet' } } },
    });
  });
});

answers('a method of a document', importWorld)`
  can lack an integration
    put ${openApi({ '/a': { get: { responses: {} } } })}
    readMethod /a -> {methodIntegration: absent}
`;

describe('security of a document', () => {
  const schemes = {
    key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
    who: {
      type: 'apiKey',
      name: 'Auth',
      in: 'header',
      'x-amazon-apigateway-authtype': 'custom',
      'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: URI, authorizerResultTtlInSeconds: 60 },
    },
    pool: {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'cognito_user_pools',
      'x-amazon-apigateway-authorizer': {
        type: 'cognito_user_pools',
        providerARNs: ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_ABC123'],
      },
    },
    iam: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
  };
  const secured = (paths: object) =>
    openApi(paths, { components: { securitySchemes: schemes }, security: [{ who: [] }] });

  it('creates authorizers, used or not, and keeps their IDs', async () => {
    const { put, apiGateway, restApiId } = await importWorld();
    await put(secured({}));
    const { items = [] } = await apiGateway.getAuthorizers({ restApiId });
    expect(items).toMatchObject([
      {
        name: 'who',
        type: 'TOKEN',
        authType: 'custom',
        identitySource: 'method.request.header.Auth',
        authorizerResultTtlInSeconds: 60,
      },
      {
        name: 'pool',
        type: 'COGNITO_USER_POOLS',
        authType: 'cognito_user_pools',
        identitySource: 'method.request.header.Authorization',
      },
    ]);
    await put(secured({}));
    expect((await apiGateway.getAuthorizers({ restApiId })).items).toEqual(items);
  });

  it('is that of the method, or else that of the document', async () => {
    const { put, readMethod, apiGateway, restApiId } = await importWorld();
    const get = (security?: object[], more: object = {}) => ({ get: mock({ ...(security && { security }), ...more }) });
    await put(
      secured({
        '/a': get(),
        '/b': get([{ key: [] }]),
        '/c': get([{ pool: ['email', 'openid'] }]),
        '/d': get([{ iam: [] }]),
        '/e': get([]),
        '/f': get([], { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }),
        '/g': get([{ who: [], key: [] }]),
      }),
    );
    const [who, pool] = (await apiGateway.getAuthorizers({ restApiId })).items ?? [];
    expect(await readMethod('/a')).toMatchObject({
      authorizationType: 'CUSTOM',
      authorizerId: who?.id,
      apiKeyRequired: false,
    });
    expect(await readMethod('/b')).toMatchObject({ authorizationType: 'NONE', apiKeyRequired: true });
    expect(await readMethod('/c')).toMatchObject({
      authorizationType: 'COGNITO_USER_POOLS',
      authorizerId: pool?.id,
      authorizationScopes: ['email', 'openid'],
    });
    expect(await readMethod('/d')).toMatchObject({ authorizationType: 'AWS_IAM' });
    expect(await readMethod('/e')).toMatchObject({ authorizationType: 'NONE', apiKeyRequired: false });
    expect(await readMethod('/f')).toMatchObject({ authorizationType: 'AWS_IAM' });
    expect(await readMethod('/g')).toMatchObject({ authorizationType: 'CUSTOM', apiKeyRequired: true });
  });

  it('refuses an authorizer that CreateAuthorizer would refuse', async () => {
    const { put } = await importWorld();
    const broken = { ...schemes.who, 'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: 'no' } };
    const document = openApi({}, { components: { securitySchemes: { who: broken } } });
    await refused(
      put(document),
      BAD,
      /^Errors found during import:\n\tUnable to create Authorizer 'who': Invalid Authorizer URI: no\. /,
    );
  });
});

it('settings of a document: are validators and gateway responses; documentation is not stored', async () => {
  const { put, readMethod, apiGateway, restApiId } = await importWorld();
  const settings = {
    'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
    'x-amazon-apigateway-request-validator': 'all',
    'x-amazon-apigateway-gateway-responses': { THROTTLED: { statusCode: 503, responseTemplates: { 'a/b': 'c' } } },
    'x-amazon-apigateway-documentation': {
      version: '1',
      documentationParts: [{ location: { type: 'METHOD', method: 'GET' }, properties: { description: 'd' } }],
    },
  };
  await put(openApi({ '/a': { get: mock() } }, settings));
  await put(openApi({ '/a': { get: mock() } }, settings));
  const validators = (await apiGateway.getRequestValidators({ restApiId })).items ?? [];
  expect(validators).toMatchObject([{ name: 'all', validateRequestBody: true, validateRequestParameters: true }]);
  expect(await readMethod('/a')).toMatchObject({ requestValidatorId: validators[0]?.id });
  const response = await apiGateway.getGatewayResponse({ restApiId, responseType: 'THROTTLED' });
  expect(response).toMatchObject({ statusCode: '503', responseTemplates: { 'a/b': 'c' }, defaultResponse: false });
});

answers('settings of a document', importWorld)`
  refuse a gateway response of an unknown type
    put ${openApi({}, { 'x-amazon-apigateway-gateway-responses': { NO: {} } })}
      !BadRequestException /gateway response 'NO'/
`;
