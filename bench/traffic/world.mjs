// An HTTP API and a REST API whose routes reach two servers behind a load balancer, and an API group that reaches a third.
import { simulate } from '@postern/simulator';
import { builtApiGroup } from './api-group.mjs';

const REGION = 'eu-west-1';

/** The simulation, and how each gateway is called. Nothing is throttled. */
export async function builtWorld() {
  const sim = simulate({ seed: 7, throttle: false });
  const aws = (service, operation, input) => sim.call({ service, operation, region: REGION }, input);
  const [first, second] = aws('ec2', 'DescribeSubnets', {}).Subnets;
  const subnets = [first, second].map(({ SubnetId }) => SubnetId);
  const VpcId = first.VpcId;
  const GroupId = aws('ec2', 'CreateSecurityGroup', { VpcId, GroupName: 'orders', Description: 'orders' }).GroupId;
  aws('ec2', 'AuthorizeSecurityGroupIngress', {
    GroupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 65_535, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  });
  const servers = subnets.map((SubnetId) => {
    const { NetworkInterface: made } = aws('ec2', 'CreateNetworkInterface', { SubnetId, Groups: [GroupId] });
    sim.plant(REGION, { kind: 'instance', networkInterfaceId: made.NetworkInterfaceId });
    return made.PrivateIpAddress;
  });
  const [{ LoadBalancerArn, DNSName }] = aws('elasticloadbalancingv2', 'CreateLoadBalancer', {
    Name: 'orders',
    Type: 'network',
    Scheme: 'internal',
    Subnets: subnets,
  }).LoadBalancers;
  const [{ TargetGroupArn }] = aws('elasticloadbalancingv2', 'CreateTargetGroup', {
    Name: 'orders',
    Protocol: 'TCP',
    Port: 8080,
    VpcId,
    TargetType: 'ip',
  }).TargetGroups;
  aws('elasticloadbalancingv2', 'RegisterTargets', { TargetGroupArn, Targets: servers.map((Id) => ({ Id })) });
  const [{ ListenerArn }] = aws('elasticloadbalancingv2', 'CreateListener', {
    LoadBalancerArn,
    Protocol: 'TCP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  }).Listeners;
  const { VpcLinkId } = aws('apigatewayv2', 'CreateVpcLink', {
    Name: 'orders',
    SubnetIds: subnets,
    SecurityGroupIds: [GroupId],
  });
  await sim.advance(600_000);
  const { ApiId } = aws('apigatewayv2', 'CreateApi', { Name: 'orders', ProtocolType: 'HTTP' });
  aws('apigatewayv2', 'CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
  const { IntegrationId } = aws('apigatewayv2', 'CreateIntegration', {
    ApiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    IntegrationUri: ListenerArn,
    ConnectionType: 'VPC_LINK',
    ConnectionId: VpcLinkId,
    PayloadFormatVersion: '1.0',
  });
  aws('apigatewayv2', 'CreateRoute', {
    ApiId,
    RouteKey: 'GET /orders/{id}',
    Target: `integrations/${IntegrationId}`,
  });

  const rest = (operation, input) => aws('apigateway', operation, input);
  const { id: restApiId, rootResourceId } = rest('CreateRestApi', { name: 'orders' });
  const orders = rest('CreateResource', { restApiId, parentId: rootResourceId, pathPart: 'orders' }).id;
  const resourceId = rest('CreateResource', { restApiId, parentId: orders, pathPart: '{id}' }).id;
  const method = { restApiId, resourceId, httpMethod: 'GET' };
  rest('PutMethod', { ...method, authorizationType: 'NONE', requestParameters: { 'method.request.path.id': true } });
  rest('PutIntegration', {
    ...method,
    type: 'HTTP_PROXY',
    integrationHttpMethod: 'GET',
    uri: `http://${DNSName}/orders/{id}`,
    connectionType: 'VPC_LINK',
    connectionId: VpcLinkId,
    integrationTarget: LoadBalancerArn,
    requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
  });
  rest('CreateDeployment', { restApiId, stageName: 'prod' });

  const DomainName = 'api.example.com';
  const { CertificateArn } = aws('acm', 'RequestCertificate', { DomainName, ValidationMethod: 'DNS' });
  await sim.advance(600_000);
  aws('apigatewayv2', 'CreateDomainName', { DomainName, DomainNameConfigurations: [{ CertificateArn }] });
  for (const ApiMappingKey of ['', 'shop', 'shop/v1', 'shop/v2']) {
    aws('apigatewayv2', 'CreateApiMapping', { DomainName, ApiId, Stage: '$default', ApiMappingKey });
  }
  await sim.advance(60_000);
  const { server, ...group } = await builtApiGroup(sim);
  const at = (id) => `${id}.execute-api.${REGION}.amazonaws.com`;
  return {
    sim,
    servers: [...servers, server],
    gateways: {
      'HTTP API': { host: at(ApiId), path: '/orders/1' },
      'its custom domain': { host: DomainName, path: '/shop/v1/orders/1' },
      'REST API': { host: at(restApiId), path: '/prod/orders/1' },
      'API group': group,
    },
  };
}
