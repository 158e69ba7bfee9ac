import { describe, expect, it } from 'vitest';
import { answers } from '../../answers.js';
import { simulate } from '../../../src/index.js';
import { newAccount } from './account.js';

const SELECTION = '$request.body.action';

function chat() {
  const account = newAccount();
  const input = { Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: SELECTION };
  const { ApiId, ApiEndpoint } = account.call('CreateApi', input);
  return { ...account, account, ApiId, ApiEndpoint };
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
});

answers('a WebSocket API', chat)`
  refuses wrong input
    # an unknown built-in route
    CreateRoute {ApiId: $ApiId, RouteKey: $connect.later} !400 BadRequestException /Invalid route key/
    # authorization of another route than $connect
    CreateRoute {ApiId: $ApiId, RouteKey: join, AuthorizationType: AWS_IAM} !400 BadRequestException /\$connect/
    CreateRoute {ApiId: $ApiId, RouteKey: $connect, AuthorizationType: JWT} !400 BadRequestException /JWT/ # a JWT
  refuses an integration
    # no method
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}, IntegrationMethod: absent} !BadRequestException /IntegrationMethod/
    # a listener as URI
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP},
      IntegrationUri: arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/a} !BadRequestException /endpoint/
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}, TimeoutInMillis: 30000} !BadRequestException /29000 ms/ # 30 seconds
    # a link of no kind
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}, ConnectionType: VPC_LINK, ConnectionId: abc123}
      !NotFoundException /Vpc Link/
    # VPC_LINK without a link
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}, ConnectionType: VPC_LINK} !BadRequestException /ConnectionId/
    # a link for MOCK
    CreateIntegration {ApiId: $ApiId, IntegrationType: MOCK, ConnectionType: VPC_LINK, ConnectionId: abc123}
      !BadRequestException /for MOCK/
    # a method that does not exist
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}, IntegrationMethod: FETCH} !BadRequestException /HTTP method/
    # the payload format of functions
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}, PayloadFormatVersion: '2.0'}
      !BadRequestException /PayloadFormatVersion/
    # a subtype
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}, IntegrationSubtype: SQS-SendMessage}
      !BadRequestException /IntegrationSubtype/
    # response parameters
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}, ResponseParameters: {'200': {append:header.a: b}}}
      !BadRequestException /ResponseParameters/
    # a parameter of an HTTP API
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}, RequestParameters: {append:header.a: '''b'''}}
      !BadRequestException /append:header/
    # a constant without quotes
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}, RequestParameters: {integration.request.header.a: b}}
      !BadRequestException /expression specified: b/
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}, TlsConfig: {ServerNameToVerify: a.example}}
      !BadRequestException /TlsConfig/
  takes a link that each stage names for itself
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}, ConnectionType: VPC_LINK,
      ConnectionId: ${'${stageVariables.vpcLinkId}'}} -> {ConnectionId: ${'${stageVariables.vpcLinkId}'}}
  is deployed with its routes
    CreateStage {ApiId: $ApiId, StageName: prod}
    CreateDeployment {ApiId: $ApiId, StageName: prod} !BadRequestException /no routes/
    CreateIntegration {ApiId: $ApiId, <<: ${HTTP}}
    CreateRoute {ApiId: $ApiId, RouteKey: $default, Target: integrations/$IntegrationId}
    CreateDeployment {ApiId: $ApiId, StageName: prod}
    GetStage {ApiId: $ApiId, StageName: prod} -> {DeploymentId: $DeploymentId}
`;

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
