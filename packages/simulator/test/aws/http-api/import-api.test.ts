import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { parse, stringify } from 'yaml';
import { BOMB } from '../rest-api/open-api.js';
import { newAccount, type Account } from './account.js';

type Row = Readonly<Record<string, any>>;

const BAD = { code: 'BadRequestException', status: 400 };
const URI =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:a/invocations';
const integration = (more: Row = {}) => ({
  'x-amazon-apigateway-integration': {
    type: 'http_proxy',
    httpMethod: 'get',
    uri: 'https://example.com/',
    payloadFormatVersion: '1.0',
    ...more,
  },
});
const openApi = (paths: Row, more: Row = {}): Row => ({
  openapi: '3.0.1',
  info: { title: 'shop', version: '2.0', description: 'Pets' },
  paths,
  ...more,
});

/** All that an import reads. */
const SHOP = openApi(
  {
    '/pets': {
      get: { operationId: 'list', security: [{ tokens: ['pets/read'] }], ...integration({ timeoutInMillis: 5000 }) },
      'x-amazon-apigateway-any-method': {
        security: [{ check: [] }],
        'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/shared' },
      },
      post: { 'x-amazon-apigateway-integration': { $ref: '#/components/x-amazon-apigateway-integrations/shared' } },
      put: {},
    },
    '/$default': {
      'x-amazon-apigateway-any-method': {
        isDefaultRoute: true,
        'x-amazon-apigateway-auth': { type: 'AWS_IAM' },
        ...integration({
          requestParameters: { 'append:header.a': '$request.header.b' },
          responseParameters: { '200': { 'overwrite:statuscode': '201' } },
        }),
      },
    },
  },
  {
    tags: [{ name: 'team', 'x-amazon-apigateway-tag-value': 'pets' }, { name: 'no tag' }],
    'x-amazon-apigateway-cors': { allowOrigins: ['https://a.example'], maxAge: 60, allowCredentials: true },
    'x-amazon-apigateway-endpoint-configuration': { disableExecuteApiEndpoint: true },
    components: {
      'x-amazon-apigateway-integrations': {
        shared: integration({ uri: 'https://shared.example/' })['x-amazon-apigateway-integration'],
      },
      securitySchemes: {
        tokens: {
          type: 'oauth2',
          'x-amazon-apigateway-authorizer': {
            type: 'jwt',
            identitySource: '$request.header.Authorization',
            jwtConfiguration: { issuer: 'https://login.example.com', audience: ['pets'] },
          },
        },
        check: {
          type: 'apiKey',
          name: 'Authorization',
          in: 'header',
          'x-amazon-apigateway-authorizer': {
            type: 'request',
            identitySource: '$request.header.a,$request.querystring.b',
            authorizerUri: URI,
            authorizerPayloadFormatVersion: '2.0',
            authorizerResultTtlInSeconds: 300,
            enableSimpleResponses: true,
          },
        },
      },
    },
  },
);

/** What an API has, without IDs. */
function stateOf({ call }: Pick<Account, 'call'>, ApiId: string) {
  const { Name, Description, Version, CorsConfiguration, DisableExecuteApiEndpoint, Tags } = call('GetApi', { ApiId });
  const list = (name: string): Row[] => call(name, { ApiId, MaxResults: '500' }).Items;
  const integrations = new Map(list('GetIntegrations').map(({ IntegrationId, ...row }) => [IntegrationId, row]));
  const authorizers = new Map(list('GetAuthorizers').map(({ AuthorizerId, ...row }) => [AuthorizerId, row]));
  const routes = list('GetRoutes').map(({ Target, AuthorizerId, ...row }) => ({
    ...row,
    RouteId: undefined,
    integration: integrations.get(Target?.split('/')[1]),
    authorizer: authorizers.get(AuthorizerId),
  }));
  routes.sort((a: Row, b: Row) => (a['RouteKey'] < b['RouteKey'] ? -1 : 1));
  const api = { Name, Description, Version, CorsConfiguration, DisableExecuteApiEndpoint, Tags };
  return { api, routes, counts: { integrations: integrations.size, authorizers: authorizers.size } };
}

const exportOf = ({ call }: Pick<Account, 'call'>, ApiId: string, more: Row = {}): string =>
  new TextDecoder().decode(call('ExportApi', { ApiId, Specification: 'OAS30', OutputType: 'JSON', ...more }).body);

describe.each([
  ['JSON', (document: Row) => JSON.stringify(document)],
  ['YAML', (document: Row) => stringify(document)],
])('an import in %s', (OutputType, text) => {
  it('makes an API with routes, integrations, authorizers and settings', () => {
    const account = newAccount();
    const made = account.call('ImportApi', { Body: text(SHOP), FailOnWarnings: true });
    expect(made).toMatchObject({
      Name: 'shop',
      Description: 'Pets',
      Version: '2.0',
      ProtocolType: 'HTTP',
      DisableExecuteApiEndpoint: true,
      Tags: { team: 'pets' },
      CorsConfiguration: { AllowOrigins: ['https://a.example'], MaxAge: 60, AllowCredentials: true },
    });
    const { routes, counts } = stateOf(account, made.ApiId);
    expect(counts).toEqual({ integrations: 3, authorizers: 2 });
    expect(
      routes.map((route: Row) => [route['RouteKey'], route['AuthorizationType'], route['integration']?.IntegrationUri]),
    ).toEqual([
      ['$default', 'AWS_IAM', 'https://example.com/'],
      ['ANY /pets', 'CUSTOM', 'https://shared.example/'],
      ['GET /pets', 'JWT', 'https://example.com/'],
      ['POST /pets', 'NONE', 'https://shared.example/'],
      ['PUT /pets', 'NONE', undefined],
    ]);
    expect(routes[2]).toMatchObject({
      OperationName: 'list',
      AuthorizationScopes: ['pets/read'],
      authorizer: { Name: 'tokens', AuthorizerType: 'JWT' },
      integration: { IntegrationMethod: 'GET', TimeoutInMillis: 5000, ConnectionType: 'INTERNET' },
    });
    expect(routes[1]?.authorizer).toEqual({
      Name: 'check',
      AuthorizerType: 'REQUEST',
      AuthorizerUri: URI,
      AuthorizerPayloadFormatVersion: '2.0',
      AuthorizerResultTtlInSeconds: 300,
      EnableSimpleResponses: true,
      IdentitySource: ['$request.header.a', '$request.querystring.b'],
    });
  });

  it('of an export makes the same API again', () => {
    const account = newAccount();
    const { ApiId } = account.call('ImportApi', { Body: text(SHOP) });
    const exported = exportOf(account, ApiId, { OutputType });
    const again = account.call('ImportApi', { Body: exported, FailOnWarnings: true });
    const expected = stateOf(account, ApiId);
    // An integration of the components is written out where it is used.
    expect(stateOf(account, again.ApiId)).toEqual({ ...expected, counts: { integrations: 4, authorizers: 2 } });
    expect(parse(exportOf(account, again.ApiId, { OutputType }))).toEqual(parse(exported));
  });

  it('into an API replaces what it has, and is deployed; stages, deployments and the ID stay', () => {
    const account = newAccount();
    const { ApiId } = account.call('CreateApi', {
      Name: 'old',
      ProtocolType: 'HTTP',
      Target: 'https://old.example',
      Tags: { a: 'b' },
    });
    const before = account.call('GetStage', { ApiId, StageName: '$default' });
    const made = account.call('ReimportApi', { ApiId, Body: text(openApi({ '/a': { get: integration() } })) });
    expect(made).toMatchObject({ ApiId, Name: 'shop', Tags: { a: 'b' } });
    const { routes, counts } = stateOf(account, ApiId);
    expect(routes.map(({ RouteKey }: Row) => RouteKey)).toEqual(['GET /a']);
    expect(counts).toEqual({ integrations: 1, authorizers: 0 });
    expect(account.call('GetStage', { ApiId, StageName: '$default' }).DeploymentId).not.toBe(before.DeploymentId);
  });
});

describe('an import', () => {
  const document = openApi({ '/e': { get: integration() } }, { servers: [{ url: 'https://x.example/a/b/c' }] });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
  it.each([
    [undefined, 'GET /e'],
    ['ignore', 'GET /e'],
    ['prepend', 'GET /a/b/c/e'],
    ['split', 'GET /b/c/e'],
  ])('with the base path option %s has the route %s %s', (Basepath, key) => {
    const account = newAccount();
    const { ApiId } = account.call('ImportApi', { Body: JSON.stringify(document), Basepath });
    expect(account.call('GetRoutes', { ApiId }).Items).toMatchObject([{ RouteKey: key }]);
  });

  it.each([
    [
      // https://github.com/getmoto/moto/blob/master/tests/test_apigatewayv2/test_apigatewayv2_reimport.py, after Terraform's test
      'a schema that does not exist',
      openApi({
        '/update': {
          get: {
            ...integration(),
            responses: {
              200: {
                content: { 'application/json': { schema: { $ref: '#/components/schemas/ModelThatDoesNotExist' } } },
              },
            },
          },
        },
      }),
      "Parse issue: attribute paths.'/update'(get).responses.200.content.schema.#/components/schemas/ModelThatDoesNotExist is missing",
      ['GET /update'],
    ],
    [
      // https://github.com/aws/serverless-application-model/issues/2297
      'a path without a slash',
      openApi({ $default: { 'x-amazon-apigateway-any-method': integration() } }),
      'Parse issue: attribute paths. Resource $default should start with /',
      ['$default'],
    ],
    [
      // https://loige.co/api-gateway-jwt-authorizer has the beginning
      'an authorizer that is refused',
      openApi(
        { '/a': { get: { security: [{ bad: [] }], ...integration() } } },
        {
          components: {
            securitySchemes: {
              bad: { 'x-amazon-apigateway-authorizer': { type: 'jwt', jwtConfiguration: { issuer: 'http://a' } } },
            },
          },
        },
      ),
      "Unable to create Authorizer 'bad': Invalid issuer specified",
      ['GET /a'],
    ],
    [
      'an argument of Terraform',
      openApi({ '/a': { get: integration({ connection_type: 'INTERNET' }) } }),
      'connection_type of x-amazon-apigateway-integration is ignored: API Gateway documents connectionType',
      ['GET /a'],
    ],
  ])('warns of %s, or fails if that is asked for', (_, body, warning, keys) => {
    const account = newAccount();
    const Body = JSON.stringify(body);
    expect(account.refusal('ImportApi', { Body, FailOnWarnings: true })).toEqual({
      ...BAD,
      message: `Warnings found during import:\n\t${warning}`,
    });
    expect(account.call('GetApis', {}).Items).toEqual([]);
    const { ApiId, Warnings } = account.call('ImportApi', { Body });
    expect(Warnings).toEqual([warning]);
    expect(account.call('GetRoutes', { ApiId }).Items.map(({ RouteKey }: Row) => RouteKey)).toEqual(keys);
  });

  it.each([
    [
      'a bad integration',
      openApi({ '/a': { get: integration({ payloadFormatVersion: undefined }) } }),
      /PayloadFormatVersion/,
    ],
    ['a bad path', openApi({ '/a b': { get: integration() } }), /route key is not formatted properly/],
    [
      'a link that does not exist',
      openApi({ '/a': { get: integration({ connectionType: 'VPC_LINK', connectionId: 'no' }) } }),
      /Vpc Link/,
    ],
    ['OpenAPI 3.1', { ...openApi({}), openapi: '3.1.0' }, /^Invalid OpenAPI input\. Its openapi is 3\.1\.0/],
    ['Swagger', { swagger: '2.0', info: { title: 'a' }, paths: {} }, /OpenAPI 3\.0/],
    ['no title', openApi({}, { info: {} }), /Name/],
    [
      'bad CORS',
      openApi({}, { 'x-amazon-apigateway-cors': { allowOrigins: ['*'], allowCredentials: true } }),
      /allowCredentials/,
    ],
    ['no document', 'no', 'Invalid OpenAPI input.'],
    ['a YAML bomb', BOMB, 'Invalid OpenAPI input.'],
    ['another base path option', openApi({}), /base path/, { Basepath: 'append' }],
  ])('is refused with %s, and changes nothing', (_, body, message, more?: Row) => {
    const account = newAccount();
    const { ApiId } = account.call('ImportApi', { Body: JSON.stringify(SHOP) });
    const before = stateOf(account, ApiId);
    const Body = typeof body === 'string' ? body : JSON.stringify(body);
    const expected = { ...BAD, message: typeof message === 'string' ? message : expect.stringMatching(message) };
    expect(account.refusal('ReimportApi', { ApiId, Body, ...more })).toEqual(expected);
    expect(account.refusal('ImportApi', { Body, ...more })).toEqual(expected);
    expect(stateOf(account, ApiId)).toEqual(before);
    expect(account.call('GetApis', {}).Items).toHaveLength(1);
  });

  it('has errors of all routes in one refusal', () => {
    const bad = { get: integration({ uri: 'no' }) };
    const refusal = newAccount().refusal('ImportApi', { Body: JSON.stringify(openApi({ '/a': bad, '/b': bad })) });
    expect(refusal?.message).toBe(
      "Errors found during import:\n\tUnable to put route 'GET /a': Invalid HTTP endpoint specified for URI" +
        "\n\tUnable to put route 'GET /b': Invalid HTTP endpoint specified for URI",
    );
  });
});

answers('an import', newAccount)`
  is refused for WebSocket APIs and for what does not exist
    CreateApi {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
    ReimportApi {ApiId: $ApiId, Body: ${JSON.stringify(SHOP)}} !400 BadRequestException
    ReimportApi {ApiId: zzzzzzzzzz, Body: ${JSON.stringify(SHOP)}} !404 NotFoundException
`;
