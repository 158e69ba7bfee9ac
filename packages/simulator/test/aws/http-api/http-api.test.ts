import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { newAccount, type Account } from './account.js';

const BAD_KEY =
  'The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"';
const BAD_PART =
  'One or more path parts appear to be invalid. Parts are validated against this regular expression: ^(\\{[\\w.:-]+\\+?\\}|[a-zA-Z0-9.:_-]+)$';

function shop(quotas: Record<string, number> = {}) {
  const account = newAccount({ quotas });
  const { ApiId } = account.call('CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  const { IntegrationId } = account.call('CreateIntegration', {
    ApiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    IntegrationUri: 'https://example.com/',
    PayloadFormatVersion: '1.0',
  });
  return { ...account, account, ApiId, IntegrationId, Target: `integrations/${IntegrationId}` };
}

const deployments = (account: Account, ApiId: string) => account.call('GetDeployments', { ApiId }).Items;

answers('an HTTP API', newAccount)`
  has an endpoint and the only valid selection expression
    made = CreateApi {Name: shop, ProtocolType: HTTP, Tags: {team: a}}
      == {ApiEndpoint: https://$(made.ApiId).execute-api.eu-west-1.amazonaws.com, ApiId: '/^[a-z0-9]{10}$/',
      ApiKeySelectionExpression: $request.header.x-api-key, CreatedDate: ${new Date('2026-06-01T00:00:00Z')},
      DisableExecuteApiEndpoint: false, IpAddressType: ipv4, Name: shop, ProtocolType: HTTP,
      RouteSelectionExpression: $request.method $request.path, Tags: {team: a}}
    GetApi $made == $made
    UpdateApi {ApiId: $made.ApiId, Description: orders, CorsConfiguration: {AllowOrigins: [https://example.com],
      MaxAge: 300}}
      -> {Name: shop, Description: orders, CorsConfiguration: {AllowOrigins: [https://example.com], MaxAge: 300}}
    DeleteCorsConfiguration $made
    GetApi $made -> {CorsConfiguration: absent}
    DeleteApi $made
    GetApi $made !404 NotFoundException: Invalid API identifier specified 111122223333:$made.ApiId
  is refused with wrong input
    CreateApi {ProtocolType: HTTP, Name: ''} !400 BadRequestException /'name'/
    CreateApi {Name: shop, ProtocolType: GRPC} !400 BadRequestException /enum value set: \[WEBSOCKET, HTTP\]/
    CreateApi {Name: shop, ProtocolType: HTTP, RouteSelectionExpression: $request.body.action}
      !400 BadRequestException /Invalid route selection expression specified/
    CreateApi {Name: shop, ProtocolType: HTTP, RouteKey: GET /x} !400 BadRequestException /Target/
    CreateApi {Name: shop, ProtocolType: HTTP, CorsConfiguration: {AllowCredentials: true, AllowOrigins: ['*']}}
      !400 BadRequestException /origin \*/
    CreateApi {Name: shop, ProtocolType: HTTP, CorsConfiguration: {MaxAge: 86401}} !400 BadRequestException /86400/
  is ready at once when it is created with a target
    CreateApi {Name: quick, ProtocolType: HTTP, Target: https://example.com/}
    GetIntegrations {ApiId: $ApiId} -> {Items.0: {ApiGatewayManaged: true, IntegrationType: HTTP_PROXY}}
    GetRoutes {ApiId: $ApiId}
      -> {Items.0: {ApiGatewayManaged: true, RouteKey: $default, Target: integrations/$IntegrationId}}
    GetStages {ApiId: $ApiId} -> {Items.0: {ApiGatewayManaged: true, StageName: $default, AutoDeploy: true}}
    GetDeployments {ApiId: $ApiId} -> {Items: [{AutoDeployed: true, DeploymentId: $DeploymentId}]}
    UpdateRoute {ApiId: $ApiId, RouteId: $RouteId, RouteKey: GET /} !400 BadRequestException
`;

answers('an HTTP API', () => newAccount({ region: 'cn-north-1' }))`
  has the endpoint of its partition
    CreateApi {Name: shop, ProtocolType: HTTP}
      -> {ApiEndpoint: /^https:\/\/\w+\.execute-api\.cn-north-1\.amazonaws\.com\.cn$/}
`;

describe('a route', () => {
  it.each([
    '$default',
    'ANY /',
    'GET /orders',
    'GET /orders/',
    'ANY /{proxy+}',
    'PATCH /orders/{id}/lines/{line}',
    'DELETE /v1.0/a_b-c:d/{rest+}',
  ])('can have the key %s', (RouteKey) => {
    const { account, ApiId, Target } = shop();
    const made = account.call('CreateRoute', { ApiId, RouteKey, Target });
    expect(made).toEqual({
      ApiKeyRequired: false,
      AuthorizationType: 'NONE',
      RouteId: expect.stringMatching(/^[a-z0-9]{7}$/),
      RouteKey,
      Target,
    });
    expect(account.call('GetRoute', { ApiId, RouteId: made.RouteId })).toEqual(made);
  });

  it.each<[string, string | RegExp, string]>([
    ['', BAD_KEY, 'no key'],
    ['/orders', BAD_KEY, 'no method'],
    ['GET orders', BAD_KEY, 'no slash'],
    ['get /orders', BAD_KEY, 'methods are upper case'],
    ['TRACE /orders', BAD_KEY, 'no such method'],
    ['GET  /orders', BAD_KEY, 'two spaces'],
    ['GET /orders /x', BAD_KEY, 'a space in the path'],
    ['$connect', BAD_KEY, "a WebSocket API's key"],
    ['GET /e{id}', BAD_PART, 'a variable is a whole part'],
    ['GET /a//b', BAD_PART, 'an empty part'],
    ['GET /a%20b', BAD_PART, 'no escapes'],
    ['GET /{proxy+}/x', /greedy/, 'a greedy variable must be last'],
    ['GET /{a}/{a}', /unique/, 'a duplicate name'],
  ])('cannot have the key "%s"', (RouteKey, message) => {
    const { account, ApiId, Target } = shop();
    const refusal = account.refusal('CreateRoute', { ApiId, RouteKey, Target });
    expect(refusal).toMatchObject({ code: 'BadRequestException', status: 400 });
    if (typeof message === 'string') expect(refusal?.message).toBe(message);
    else expect(refusal?.message).toMatch(message);
  });

  it.each([
    [{ Target: 'integrations/abcdefg' }, 404, 'Invalid Integration identifier specified'],
    [{ Target: 'https://example.com/' }, 400, 'Invalid target specified: https://example.com/'],
    [{ AuthorizationType: 'BASIC' }, 400, /enum value set/],
    [{ AuthorizationType: 'JWT', AuthorizerId: 'abc123' }, 404, 'Invalid Authorizer identifier specified'],
    [{ AuthorizationType: 'AWS_IAM', AuthorizerId: 'abc123' }, 400, /AuthorizerId/],
    [{ AuthorizationScopes: ['orders'] }, 400, /AuthorizationScopes/],
    [{ ApiKeyRequired: true }, 400, /ApiKeyRequired/],
  ])('is refused with %j', (change, status, message) => {
    const { account, ApiId } = shop();
    const refusal = account.refusal('CreateRoute', { ApiId, RouteKey: 'GET /x', ...change });
    expect(refusal?.status).toBe(status);
    expect(refusal?.message).toMatch(message);
  });
});

const CLASH =
  'The provided route key "GET /orders/{o}/items" has a conflicting variable on the same hierarchical level as "GET /orders/{orderId}/items"';
const TWO_NAMES = JSON.stringify({
  openapi: '3.0.1',
  info: { title: 'shop' },
  paths: Object.fromEntries(['a', 'b'].map((name) => [`/orders/{${name}}`, { get: {} }])),
});

answers('a route', shop)`
  exists once per route key
    CreateRoute {ApiId: $ApiId, RouteKey: GET /orders, Target: $Target}
    CreateRoute {ApiId: $ApiId, RouteKey: GET /orders}
      !409 ConflictException: Route with key GET /orders already exists for this API
    post = CreateRoute {ApiId: $ApiId, RouteKey: POST /orders, Target: $Target}
    UpdateRoute {ApiId: $ApiId, RouteId: $post.RouteId, RouteKey: GET /orders}
      !409 ConflictException: Route with key GET /orders already exists for this API
    UpdateRoute {ApiId: $ApiId, RouteId: $post.RouteId, RouteKey: PUT /orders}
      -> {RouteKey: PUT /orders, Target: $Target}
  has the names of variables that another one of its shape has
    CreateRoute {ApiId: $ApiId, RouteKey: 'GET /orders/{orderId}/items', Target: $Target}
    CreateRoute {ApiId: $ApiId, RouteKey: 'GET /orders/{o}/items'} !409 ConflictException: ${CLASH}
    other = CreateRoute {ApiId: $ApiId, RouteKey: 'POST /orders/{o}/items', Target: $Target}
    UpdateRoute {ApiId: $ApiId, RouteId: $other.RouteId, RouteKey: 'GET /orders/{o}/items'} !409 ConflictException: ${CLASH}
    UpdateRoute {ApiId: $ApiId, RouteId: $RouteId, RouteKey: 'GET /orders/{o}/items'}
    ImportApi {Body: ${TWO_NAMES}, FailOnWarnings: true} !BadRequestException /conflicting variable/
  can require IAM, and loses its target with an empty string
    CreateRoute {ApiId: $ApiId, RouteKey: GET /x, Target: $Target, AuthorizationType: AWS_IAM}
    UpdateRoute {ApiId: $ApiId, RouteId: $RouteId, Target: ''}
      == {ApiKeyRequired: false, AuthorizationType: AWS_IAM, RouteId: $RouteId, RouteKey: GET /x}
  exists at most 300 times per API
    300 times CreateRoute {ApiId: $ApiId, RouteKey: GET /$n}
    CreateRoute {ApiId: $ApiId, RouteKey: GET /x} !400 BadRequestException /Limit is 300/
`;

describe('a stage', () => {
  it('deploys every change with AutoDeploy, and reports it', () => {
    const { account, ApiId, Target } = shop();
    account.call('CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
    const get = () => account.call('GetStage', { ApiId, StageName: '$default' });
    expect(get().LastDeploymentStatusMessage).toBe(
      'Deployment attempt failed: Unable to deploy API because no routes exist in this API',
    );
    const seen: string[] = [];
    const { RouteId } = account.call('CreateRoute', { ApiId, RouteKey: 'GET /x', Target });
    seen.push(get().DeploymentId);
    account.call('UpdateRoute', { ApiId, RouteId, RouteKey: 'GET /y' });
    seen.push(get().DeploymentId);
    account.call('CreateRoute', { ApiId, RouteKey: 'GET /z', Target });
    seen.push(get().DeploymentId);
    expect(new Set(seen).size).toBe(3);
    expect(get().LastDeploymentStatusMessage).toBe(`Successfully deployed stage with deployment ID '${seen[2]}'`);
    expect(deployments(account, ApiId)).toMatchObject([
      {
        AutoDeployed: true,
        DeploymentId: seen[2],
        DeploymentStatus: 'DEPLOYED',
        Description: 'Automatic deployment triggered by changes to the Api configuration',
      },
    ]);
  });

  it('deploys when AutoDeploy is switched on', () => {
    const { account, ApiId, Target } = shop();
    account.call('CreateStage', { ApiId, StageName: 'prod' });
    account.call('CreateRoute', { ApiId, RouteKey: 'GET /x', Target });
    const stage = account.call('UpdateStage', { ApiId, StageName: 'prod', AutoDeploy: true });
    expect(stage.DeploymentId).toBe(deployments(account, ApiId)[0].DeploymentId);
  });

  it.each([
    [{ StageName: 'a b' }, 400, /Stage name/],
    [{ StageName: '$other' }, 400, /Stage name/],
    [{ StageName: 'n'.repeat(129) }, 400, /Stage name/],
    [
      { AutoDeploy: true, DeploymentId: 'abc123' },
      400,
      'Deployment ID cannot be set on stages with AutoDeploy enabled',
    ],
    [{ DeploymentId: 'abc123' }, 404, 'Invalid Deployment identifier specified'],
    [{ RouteSettings: { 'GET /y': {} } }, 404, 'Unable to find Route by key GET /y within the provided RouteSettings'],
    [{ DefaultRouteSettings: { LoggingLevel: 'INFO' } }, 400, 'Execution logs are not supported on protocolType HTTP'],
    [{ DefaultRouteSettings: { LoggingLevel: 'LOUD' } }, 400, /enum value set/],
    [{ StageVariables: { 'a-b': '1' } }, 400, /Stage variable name/],
    [{ StageVariables: { a: 'ü' } }, 400, /Stage variable value/],
    [
      { StageVariables: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`v${i}`, '1'])) },
      400,
      /Limit is 100/,
    ],
    [{ AccessLogSettings: { DestinationArn: 'arn:aws:s3:::logs' } }, 400, /access log destination/],
  ])('is refused with %j', (change, status, message) => {
    const { account, ApiId } = shop();
    const refusal = account.refusal('CreateStage', { ApiId, StageName: 'prod', ...change });
    expect(refusal?.status).toBe(status);
    expect(refusal?.message).toMatch(message);
    expect(account.call('GetStages', { ApiId }).Items).toEqual([]);
  });
});

answers('a stage', shop)`
  does not deploy automatically unless AutoDeploy is set
    CreateStage {ApiId: $ApiId, StageName: prod, Description: x, StageVariables: {v: '1'}}
      -> {StageName: prod, AutoDeploy: false, StageVariables: {v: '1'}, Tags: {}, RouteSettings: {}}
    CreateRoute {ApiId: $ApiId, RouteKey: GET /x, Target: $Target}
    GetStage {ApiId: $ApiId, StageName: prod} -> {DeploymentId: absent}
    GetDeployments {ApiId: $ApiId} -> {Items: []}
  merges settings and variables, and deletes them by name
    CreateRoute {ApiId: $ApiId, RouteKey: GET /x, Target: $Target}
    CreateStage {ApiId: $ApiId, StageName: prod, StageVariables: {a: '1', b: '2'}}
    UpdateStage {ApiId: $ApiId, StageName: prod, StageVariables: {a: '', c: '3'},
      RouteSettings: {GET /x: {ThrottlingBurstLimit: 5}}, DefaultRouteSettings: {ThrottlingRateLimit: 100},
      AccessLogSettings: {DestinationArn: arn:aws:logs:eu-west-1:111122223333:log-group:shop,
      Format: $context.requestId}}
      -> {StageVariables=: {b: '2', c: '3'}, RouteSettings=: {GET /x: {ThrottlingBurstLimit: 5}},
      DefaultRouteSettings=: {DetailedMetricsEnabled: false, ThrottlingRateLimit: 100}}
    DeleteRouteSettings {ApiId: $ApiId, StageName: prod, RouteKey: GET /x}
    DeleteAccessLogSettings {ApiId: $ApiId, StageName: prod}
    GetStage {ApiId: $ApiId, StageName: prod} -> {RouteSettings=: {}, AccessLogSettings: absent}
    DeleteRouteSettings {ApiId: $ApiId, StageName: prod, RouteKey: GET /x} !404 NotFoundException
    DeleteStage {ApiId: $ApiId, StageName: prod}
    GetStage {ApiId: $ApiId, StageName: prod} !404 NotFoundException
  exists once per name, and at most ten times
    10 times CreateStage {ApiId: $ApiId, StageName: s$n}
    CreateStage {ApiId: $ApiId, StageName: s0} !409 ConflictException: Stage already exists
    CreateStage {ApiId: $ApiId, StageName: x} !400 BadRequestException /Limit is 10/
`;

it('a deployment: keeps the routes of its creation', () => {
  const { account, ApiId, IntegrationId, Target } = shop();
  const { RouteId } = account.call('CreateRoute', { ApiId, RouteKey: 'GET /x', Target });
  account.call('CreateStage', { ApiId, StageName: 'prod' });
  const made = account.call('CreateDeployment', { ApiId, StageName: 'prod', Description: 'postern:shop@shop/1' });
  account.call('UpdateRoute', { ApiId, RouteId, RouteKey: 'GET /y' });
  account.call('UpdateIntegration', { ApiId, IntegrationId, IntegrationUri: 'https://example.org/' });
  expect(account.call('GetStage', { ApiId, StageName: 'prod' }).DeploymentId).toBe(made.DeploymentId);
  const row = account.state.apiGateway.apis.get(ApiId)!.deployments.get(made.DeploymentId)!;
  expect(row.routes).toMatchObject([{ RouteKey: 'GET /x' }]);
  expect(row.integrations).toMatchObject([{ IntegrationUri: 'https://example.com/' }]);
});

answers('a deployment', shop)`
  can be renamed and set on a stage, and is not deleted while a stage uses it
    CreateRoute {ApiId: $ApiId, RouteKey: GET /x, Target: $Target}
    one = CreateDeployment {ApiId: $ApiId}
    CreateDeployment {ApiId: $ApiId, Description: two}
    GetDeployments {ApiId: $ApiId} -> {Items.DeploymentId: [$DeploymentId, $one.DeploymentId]}
    UpdateDeployment {ApiId: $ApiId, DeploymentId: $one.DeploymentId, Description: one}
      -> {Description: one, AutoDeployed: false}
    CreateStage {ApiId: $ApiId, StageName: prod, DeploymentId: $one.DeploymentId}
    DeleteDeployment {ApiId: $ApiId, DeploymentId: $one.DeploymentId}
      !400 BadRequestException: Active stages pointing to this deployment must be moved or deleted
    UpdateStage {ApiId: $ApiId, StageName: prod, DeploymentId: abc123}
      !404 NotFoundException: Invalid Deployment identifier specified
    UpdateStage {ApiId: $ApiId, StageName: prod, DeploymentId: $DeploymentId} -> {DeploymentId: $DeploymentId}
    CreateStage {ApiId: $ApiId, StageName: auto, AutoDeploy: true}
    UpdateStage {ApiId: $ApiId, StageName: auto, DeploymentId: $one.DeploymentId}
      !400 BadRequestException: Deployment ID cannot be set on stages with AutoDeploy enabled
    DeleteDeployment {ApiId: $ApiId, DeploymentId: $one.DeploymentId}
    GetDeployment {ApiId: $ApiId, DeploymentId: $one.DeploymentId} !404 NotFoundException
  needs a route, and an existing stage without AutoDeploy
    CreateDeployment {ApiId: $ApiId} !400 BadRequestException: Unable to deploy API because no routes exist in this API
    CreateRoute {ApiId: $ApiId, RouteKey: GET /x, Target: $Target}
    CreateDeployment {ApiId: $ApiId, StageName: prod} !404 NotFoundException
    CreateStage {ApiId: $ApiId, StageName: prod, AutoDeploy: true}
    CreateDeployment {ApiId: $ApiId, StageName: prod} !400 BadRequestException
`;

describe('tags', () => {
  it.each(['vpclinks', 'apis', 'stages'])('are set, read and removed by ARN: %s', (kind) => {
    const { account, ApiId } = shop();
    account.call('CreateStage', { ApiId, StageName: '$default', Tags: { a: '1' } });
    account.call('TagResource', { ResourceArn: `arn:aws:apigateway:eu-west-1::/apis/${ApiId}`, Tags: { a: '1' } });
    const { VpcLinkId } = account.call('CreateVpcLink', {
      Name: 'x',
      SubnetIds: [account.subnets[0]!.id],
      Tags: { a: '1' },
    });
    const path = {
      vpclinks: `/vpclinks/${VpcLinkId}`,
      apis: `/apis/${ApiId}`,
      stages: `/apis/${ApiId}/stages/$default`,
    }[kind];
    const ResourceArn = `arn:aws:apigateway:eu-west-1::${path}`;
    account.call('TagResource', { ResourceArn, Tags: { b: '2' } });
    expect(account.call('GetTags', { ResourceArn })).toEqual({ Tags: { a: '1', b: '2' } });
    account.call('UntagResource', { ResourceArn, TagKeys: ['a', 'never'] });
    expect(account.call('GetTags', { ResourceArn })).toEqual({ Tags: { b: '2' } });
    const row = {
      vpclinks: () => account.call('GetVpcLink', { VpcLinkId }),
      apis: () => account.call('GetApi', { ApiId }),
      stages: () => account.call('GetStage', { ApiId, StageName: '$default' }),
    }[kind]!();
    expect(row.Tags).toEqual({ b: '2' });
  });

  it.each([
    ['arn:aws:apigateway:us-east-1::/vpclinks/abc123', 400, 'another region'],
    ['arn:aws-cn:apigateway:eu-west-1::/vpclinks/abc123', 400, 'another partition'],
    ['abc123', 400, 'not an ARN'],
    ['arn:aws:apigateway:eu-west-1::/vpclinks/abc123', 404, 'no such link'],
    ['arn:aws:apigateway:eu-west-1::/restapis/abc123', 404, 'a REST API'],
  ])('are refused for %s', (ResourceArn, status) => {
    const account = newAccount();
    expect(account.refusal('GetTags', { ResourceArn })?.status).toBe(status);
    expect(account.refusal('TagResource', { ResourceArn, Tags: {} })?.status).toBe(status);
  });

  it('are fifty at most, including existing ones', () => {
    const { account, ApiId } = shop();
    const ResourceArn = `arn:aws:apigateway:eu-west-1::/apis/${ApiId}`;
    const many = (prefix: string, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}`, '']));
    account.call('TagResource', { ResourceArn, Tags: many('a', 50) });
    expect(account.refusal('TagResource', { ResourceArn, Tags: many('b', 1) })?.message).toMatch(/at most 50/);
    expect(account.refusal('TagResource', { ResourceArn, Tags: { 'aws:x': '' } })?.message).toMatch(/aws:/);
  });
});

describe('lists', () => {
  const fill = () => {
    const { account, ApiId, Target } = shop({ 'vpc-links': 30 });
    for (let index = 0; index < 29; index += 1) {
      account.call('CreateApi', { Name: `a${index}`, ProtocolType: 'HTTP' });
      account.call('CreateRoute', { ApiId, RouteKey: `GET /${index}`, Target });
      account.call('CreateDeployment', { ApiId });
      account.call('CreateVpcLink', { Name: `l${index}`, SubnetIds: [account.subnets[0]!.id] });
      account.call('CreateIntegration', {
        ApiId,
        IntegrationType: 'HTTP_PROXY',
        IntegrationMethod: 'ANY',
        IntegrationUri: 'https://example.com/',
        PayloadFormatVersion: '1.0',
      });
    }
    return { account, ApiId };
  };

  it.each([
    ['GetApis', 30],
    ['GetRoutes', 29],
    ['GetIntegrations', 30],
    ['GetDeployments', 29],
    ['GetVpcLinks', 29],
  ])('%s has pages of 25, of one, and of 500', (operation, count) => {
    const { account, ApiId } = fill();
    const all = account.call(operation, { ApiId, MaxResults: '500' });
    expect(all.Items).toHaveLength(count);
    expect(all).not.toHaveProperty('NextToken');
    const first = account.call(operation, { ApiId });
    expect(first.Items).toEqual(all.Items.slice(0, 25));
    expect(account.call(operation, { ApiId, NextToken: first.NextToken }).Items).toEqual(all.Items.slice(25));
    const walked: unknown[] = [];
    let NextToken: string | undefined;
    do {
      const one = account.call(operation, { ApiId, MaxResults: '1', NextToken });
      expect(one.Items).toHaveLength(1);
      walked.push(...one.Items);
      NextToken = one.NextToken;
    } while (NextToken !== undefined);
    expect(walked).toEqual(all.Items);
    for (const bad of [{ MaxResults: '0' }, { MaxResults: '501' }, { MaxResults: 'many' }, { NextToken: 'forged' }]) {
      expect(account.refusal(operation, { ApiId, ...bad })).toMatchObject({ code: 'BadRequestException', status: 400 });
    }
  });

  it('refuse the token of another API', () => {
    const { account, ApiId } = fill();
    const other = account.call('CreateApi', { Name: 'other', ProtocolType: 'HTTP' });
    const { NextToken } = account.call('GetRoutes', { ApiId });
    expect(account.refusal('GetRoutes', { ApiId: other.ApiId, NextToken })?.status).toBe(400);
  });
});

describe('an export of an HTTP API', () => {
  const documentOf = ({ body }: { body: Uint8Array }) => JSON.parse(new TextDecoder().decode(body));
  const asked = { Specification: 'OAS30', OutputType: 'JSON' };

  it('has what is deployed on a stage; without a stage, the API as it is', () => {
    const { account, ApiId, Target, IntegrationId } = shop();
    account.call('CreateRoute', { ApiId, RouteKey: 'GET /pets', Target });
    account.call('CreateStage', { ApiId, StageName: 'prod' });
    account.call('CreateDeployment', { ApiId, StageName: 'prod' });
    account.call('CreateRoute', { ApiId, RouteKey: '$default', Target });
    account.call('UpdateIntegration', { ApiId, IntegrationId, IntegrationMethod: 'GET' });
    const deployed = documentOf(account.call('ExportApi', { ApiId, ...asked, StageName: 'prod' }));
    expect(deployed).toMatchObject({ openapi: '3.0.1', info: { title: 'shop' } });
    expect(Object.keys(deployed.paths)).toEqual(['/pets']);
    expect(deployed.paths['/pets'].get['x-amazon-apigateway-integration']).toMatchObject({
      type: 'http_proxy',
      httpMethod: 'ANY',
      uri: 'https://example.com/',
      payloadFormatVersion: '1.0',
    });
    const current = documentOf(account.call('ExportApi', { ApiId, ...asked }));
    expect(current.paths['/$default']['x-amazon-apigateway-any-method']).toMatchObject({
      isDefaultRoute: true,
      'x-amazon-apigateway-integration': { httpMethod: 'GET' },
    });
    const plain = documentOf(account.call('ExportApi', { ApiId, ...asked, IncludeExtensions: false }));
    expect(JSON.stringify(plain)).not.toContain('x-amazon-apigateway-integration');
  });
});

answers('an export of an HTTP API', shop)`
  is refused for what does not exist
    ExportApi {ApiId: $ApiId, Specification: OAS30, OutputType: JSON, StageName: no} !404 NotFoundException
    ExportApi {ApiId: $ApiId, Specification: OAS30, OutputType: JSON, ExportVersion: '2.0'} !400 BadRequestException
    ExportApi {ApiId: $ApiId, OutputType: JSON, Specification: OAS31} !400 BadRequestException
`;
