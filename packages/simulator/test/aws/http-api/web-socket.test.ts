import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/index.js';
import { newAccount } from './account.js';

const SELECTION = '$request.body.action';

function chat() {
  const account = newAccount();
  const input = { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: SELECTION };
  const { ApiId, ApiEndpoint } = account.call('CreateApi', input);
  return { account, ApiId, ApiEndpoint };
}

const HTTP = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', IntegrationUri: 'http://orders.internal/chat' };

describe('a WebSocket API', () => {
  it('needs a route selection expression', () => {
    const { account, ApiEndpoint } = chat();
    expect(ApiEndpoint).toMatch(/^wss:/);
    expect(account.refusal('CreateApi', { Name: 'chat', ProtocolType: 'WEBSOCKET' })?.message).toMatch(/selection/);
  });

  it.each(['$connect', '$disconnect', '$default', 'join', 'send message'])('can have the route %s', (RouteKey) => {
    const { account, ApiId } = chat();
    expect(account.call('CreateRoute', { ApiId, RouteKey })).toMatchObject({ RouteKey, AuthorizationType: 'NONE' });
    expect(account.refusal('CreateRoute', { ApiId, RouteKey })?.code).toBe('ConflictException');
  });

  it.each([
    ['an unknown built-in route', { RouteKey: '$later' }, /Invalid route key/],
    ['authorization of another route than $connect', { RouteKey: 'join', AuthorizationType: 'AWS_IAM' }, /\$connect/],
    ['a JWT', { RouteKey: '$connect', AuthorizationType: 'JWT' }, /JWT/],
  ])('refuses %s', (_, input, message) => {
    const { account, ApiId } = chat();
    expect(account.refusal('CreateRoute', { ApiId, ...input })).toMatchObject({ status: 400 });
    expect(account.refusal('CreateRoute', { ApiId, ...input })?.message).toMatch(message);
  });

  it('has the defaults of its own kind in an integration', () => {
    const { account, ApiId } = chat();
    expect(account.call('CreateIntegration', { ApiId, ...HTTP })).toMatchObject({
      ...HTTP,
      ConnectionType: 'INTERNET',
      PassthroughBehavior: 'WHEN_NO_MATCH',
      PayloadFormatVersion: '1.0',
      TimeoutInMillis: 29_000,
    });
    expect(account.call('CreateIntegration', { ApiId, IntegrationType: 'MOCK' })).toMatchObject({
      IntegrationType: 'MOCK',
    });
  });

  it.each([
    ['no method', { ...HTTP, IntegrationMethod: undefined }, /IntegrationMethod/],
    [
      'a listener as URI',
      { ...HTTP, IntegrationUri: 'arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/a' },
      /endpoint/,
    ],
    ['30 seconds', { ...HTTP, TimeoutInMillis: 30_000 }, /29000 ms/],
    ['a link of no kind', { ...HTTP, ConnectionType: 'VPC_LINK', ConnectionId: 'abc123' }, /Vpc Link/],
    ['VPC_LINK without a link', { ...HTTP, ConnectionType: 'VPC_LINK' }, /ConnectionId/],
    ['a link for MOCK', { IntegrationType: 'MOCK', ConnectionType: 'VPC_LINK', ConnectionId: 'abc123' }, /for MOCK/],
    ['a method that does not exist', { ...HTTP, IntegrationMethod: 'FETCH' }, /HTTP method/],
    ['the payload format of functions', { ...HTTP, PayloadFormatVersion: '2.0' }, /PayloadFormatVersion/],
    ['a subtype', { ...HTTP, IntegrationSubtype: 'SQS-SendMessage' }, /IntegrationSubtype/],
    [
      'response parameters',
      { ...HTTP, ResponseParameters: { '200': { 'append:header.a': 'b' } } },
      /ResponseParameters/,
    ],
    ['a parameter of an HTTP API', { ...HTTP, RequestParameters: { 'append:header.a': "'b'" } }, /append:header/],
    [
      'a constant without quotes',
      { ...HTTP, RequestParameters: { 'integration.request.header.a': 'b' } },
      /expression specified: b/,
    ],
    ['TlsConfig', { ...HTTP, TlsConfig: { ServerNameToVerify: 'a.example' } }, /TlsConfig/],
  ])('refuses an integration with %s', (_, input, message) => {
    const { account, ApiId } = chat();
    expect(account.refusal('CreateIntegration', { ApiId, ...input })?.message).toMatch(message);
  });

  it('takes a link that each stage names for itself', () => {
    const { account, ApiId } = chat();
    const ConnectionId = '${stageVariables.vpcLinkId}';
    const made = account.call('CreateIntegration', { ApiId, ...HTTP, ConnectionType: 'VPC_LINK', ConnectionId });
    expect(made).toMatchObject({ ConnectionId });
  });

  it('is deployed with its routes', () => {
    const { account, ApiId } = chat();
    account.call('CreateStage', { ApiId, StageName: 'prod' });
    expect(account.refusal('CreateDeployment', { ApiId, StageName: 'prod' })?.message).toMatch(/no routes/);
    const { IntegrationId } = account.call('CreateIntegration', { ApiId, ...HTTP });
    account.call('CreateRoute', { ApiId, RouteKey: '$default', Target: `integrations/${IntegrationId}` });
    const { DeploymentId } = account.call('CreateDeployment', { ApiId, StageName: 'prod' });
    expect(account.call('GetStage', { ApiId, StageName: 'prod' })).toMatchObject({ DeploymentId });
  });
});

it('truth 23: a WebSocket API takes a V1 link, which is then in use, and refuses a V2 link', async () => {
  const sim = simulate({ seed: 7, throttle: false });
  const region = 'eu-west-1';
  const call = (
    service: 'apigateway' | 'apigatewayv2' | 'ec2' | 'elasticloadbalancingv2',
    operation: string,
    input: object,
  ): any => sim.call({ service, operation, region }, input);
  const { Subnets } = call('ec2', 'DescribeSubnets', {});
  const [{ SubnetId }] = Subnets;
  const [{ LoadBalancerArn }] = call('elasticloadbalancingv2', 'CreateLoadBalancer', {
    Name: 'chat',
    Type: 'network',
    Scheme: 'internal',
    Subnets: [SubnetId],
  }).LoadBalancers;
  await sim.advance(600_000);
  const { id } = call('apigateway', 'CreateVpcLink', { name: 'chat', targetArns: [LoadBalancerArn] });
  const { VpcLinkId } = call('apigatewayv2', 'CreateVpcLink', { Name: 'orders', SubnetIds: [SubnetId] });
  await sim.advance(600_000);
  const { ApiId } = call('apigatewayv2', 'CreateApi', {
    Name: 'chat',
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: SELECTION,
  });
  const integration = (ConnectionId: string) =>
    call('apigatewayv2', 'CreateIntegration', { ApiId, ...HTTP, ConnectionType: 'VPC_LINK', ConnectionId });
  expect(() => integration(VpcLinkId)).toThrow(/VPC links for REST APIs/);
  expect(integration(id)).toMatchObject({ ConnectionId: id });
  expect(() => call('apigateway', 'DeleteVpcLink', { vpcLinkId: id })).toThrow(/referenced/);
});
