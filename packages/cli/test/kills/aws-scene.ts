import { simulate, type ServiceName } from '@postern/simulator/internal/simulation';
import type { Scene } from './scene.js';
import { runInstance } from '../../../simulator/test/aws/run-instance.js';

type Row = Readonly<Record<string, any>>;
const REGION = 'eu-west-1';

/**
 * An HTTP API and a load balancer with one server behind it. Beside them is what belongs to others: a link, and a route
 * of the same API that uses it.
 */
export async function awsScene(): Promise<Scene> {
  const server = await simulate({ seed: 7, clock: 'auto', throttle: false }).listen();
  const { simulation } = server;
  // As JSON: a world that was saved has no members without a value, and a new one may have some.
  const call = (service: ServiceName, operation: string, input: Row = {}): any =>
    JSON.parse(JSON.stringify(simulation.call({ service, operation, region: REGION }, input)));
  const ec2 = (operation: string, input?: Row) => call('ec2', operation, input);
  const elb = (operation: string, input: Row) => call('elasticloadbalancingv2', operation, input);
  const http = (operation: string, input?: Row) => call('apigatewayv2', operation, input);

  const subnets: Row[] = ec2('DescribeSubnets').Subnets;
  const VpcId: string = subnets[0]?.['VpcId'];
  const ids = subnets.map((row) => row['SubnetId'] as string);
  const { GroupId } = ec2('CreateSecurityGroup', { VpcId, GroupName: 'backend', Description: 'backend' });
  ec2('AuthorizeSecurityGroupIngress', { GroupId, IpProtocol: '-1', CidrIp: '172.31.0.0/16' });
  const { PrivateIpAddress: Id } = runInstance(ec2, { SubnetId: ids[0], SecurityGroupIds: [GroupId] });
  const target = { Name: 'orders', Protocol: 'HTTP', Port: 8080, VpcId, TargetType: 'ip' };
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', target).TargetGroups;
  elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id }] });
  const balancer = { Name: 'orders', Scheme: 'internal', Subnets: ids, SecurityGroups: [GroupId] };
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', balancer).LoadBalancers;
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  const listener = { LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions };
  const [{ ListenerArn }] = elb('CreateListener', listener).Listeners;
  const { ApiId } = http('CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  http('CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });

  const { VpcLinkId } = http('CreateVpcLink', {
    Name: 'billing',
    SubnetIds: ids.slice(0, 2),
    SecurityGroupIds: [GroupId],
  });
  await simulation.advance(1_200_000);
  const { IntegrationId } = http('CreateIntegration', {
    ApiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    IntegrationUri: ListenerArn,
    ConnectionType: 'VPC_LINK',
    ConnectionId: VpcLinkId,
    PayloadFormatVersion: '1.0',
  });
  http('CreateRoute', { ApiId, RouteKey: 'GET /bills', Target: `integrations/${IntegrationId}` });
  await simulation.advance(60_000);

  const specOf = (first: number, allowlist: string, routes: string) => `version: 1
project: shop
spec: shop-7f3k2q
links:
  eu:
    provider: aws
    region: ${REGION}
    subnets: [${ids[first]}, ${ids[first + 1]}]
    allowlist: [${allowlist}]
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${ApiId} }
    targets: { orders: { listener: { loadBalancer: orders, port: 80 } } }
    routes: { ${routes} }
`;
  return {
    server,
    flags: [],
    destroyFlags: [],
    first: specOf(0, '172.31.0.0/17', 'ANY /orders: orders'),
    second: specOf(1, '172.31.0.0/17, 172.31.128.0/18', 'ANY /orders: orders, GET /carts: orders'),
    host: `${ApiId}.execute-api.${REGION}.amazonaws.com`,
    inventory: () => ({
      links: http('GetVpcLinks').Items,
      routes: http('GetRoutes', { ApiId }).Items,
      integrations: http('GetIntegrations', { ApiId }).Items,
      securityGroups: ec2('DescribeSecurityGroups').SecurityGroups,
      interfaces: ec2('DescribeNetworkInterfaces').NetworkInterfaces,
      subnets: ec2('DescribeSubnets').Subnets.map(({ SubnetId, Tags }: Row) => ({ SubnetId, Tags })),
      listeners: elb('DescribeListeners', { LoadBalancerArn }).Listeners,
      stages: http('GetStages', { ApiId }).Items.map(({ StageName, AutoDeploy, Tags }: Row) => ({
        StageName,
        AutoDeploy,
        Tags,
      })),
    }),
  };
}
