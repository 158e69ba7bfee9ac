import {
  simulate,
  type ServiceName,
  type SimulateOptions,
  type TrafficCall,
} from '../../../../src/internal/simulation.js';
import { runInstance } from '../../../aws/run-instance.js';

type Row = Readonly<Record<string, any>>;

export const REGION = 'eu-west-1';
export const ACCOUNT = '111122223333';

/**
 * An HTTP API with a VPC link and an application load balancer in front of one server, all of it in the default VPC. There
 * are no routes yet. Changes reach the data path at once, and nothing throttles, unless asked for.
 */
export async function shop(options: SimulateOptions = {}, api: Row = {}) {
  const sim = simulate({ seed: 7, throttle: false, dataPathDelay: 0, ...options });
  const call = (service: ServiceName, operation: string, input: Row = {}): any =>
    sim.call({ service, operation, region: REGION }, input);
  const gateway = (operation: string, input: Row = {}): any => call('apigatewayv2', operation, input);
  const ec2 = (operation: string, input: Row = {}): any => call('ec2', operation, input);
  const elb = (operation: string, input: Row = {}): any => call('elasticloadbalancingv2', operation, input);
  const subnets: Row[] = ec2('DescribeSubnets').Subnets;
  const [{ GroupId }] = ec2('DescribeSecurityGroups').SecurityGroups;
  const SubnetIds = subnets.map((row) => row['SubnetId'] as string);
  const { PrivateIpAddress: server } = runInstance(ec2, { SubnetId: SubnetIds[0] });
  const VpcId = subnets[0]?.['VpcId'];
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
    Name: 'orders',
    Protocol: 'HTTP',
    Port: 8080,
    VpcId,
    TargetType: 'ip',
  }).TargetGroups;
  elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: server }] });
  const balancer = { Name: 'shop', Scheme: 'internal', Subnets: SubnetIds, SecurityGroups: [GroupId] };
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', balancer).LoadBalancers;
  const listener = (Port: number, more: Row = {}): string =>
    elb('CreateListener', {
      LoadBalancerArn,
      Protocol: 'HTTP',
      Port,
      DefaultActions: [{ Type: 'forward', TargetGroupArn }],
      ...more,
    }).Listeners[0].ListenerArn;
  const listenerArn = listener(80);
  const link = (Name: string): string =>
    gateway('CreateVpcLink', { Name, SubnetIds, SecurityGroupIds: [GroupId] }).VpcLinkId;
  const linkId = link('shop');
  await sim.advance(600_000);
  const { ApiId } = gateway('CreateApi', { Name: 'shop', ProtocolType: 'HTTP', ...api });
  const host = `${ApiId}.execute-api.${REGION}.amazonaws.com`;

  const integration = (more: Row = {}): string =>
    gateway('CreateIntegration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: linkId,
      IntegrationUri: listenerArn,
      PayloadFormatVersion: '1.0',
      ...more,
    }).IntegrationId;
  const route = (RouteKey: string, integrationId: string | undefined, more: Row = {}): string =>
    gateway('CreateRoute', {
      ApiId,
      RouteKey,
      ...(integrationId !== undefined && { Target: `integrations/${integrationId}` }),
      ...more,
    }).RouteId;
  const stage = (StageName = '$default', more: Row = {}): void => {
    gateway('CreateStage', { ApiId, StageName, AutoDeploy: true, ...more });
  };
  return {
    sim,
    call,
    gateway,
    ec2,
    elb,
    ApiId: ApiId as string,
    host,
    server,
    linkId,
    link,
    listener,
    listenerArn,
    targetGroupArn: TargetGroupArn as string,
    groupId: GroupId as string,
    integration,
    route,
    stage,
    /** Calls the API: `GET /` unless something else is given. */
    get: (path = '/', more: Partial<TrafficCall> = {}) => sim.traffic.call({ host, path, ...more }),
  };
}

export type Shop = Awaited<ReturnType<typeof shop>>;

/** With one private route, and the stage `$default`. */
export async function openShop(key = 'ANY /{proxy+}', more: Row = {}, options: SimulateOptions = {}, api: Row = {}) {
  const world = await shop(options, api);
  const integrationId = world.integration(more);
  const routeId = world.route(key, integrationId);
  world.stage();
  return { ...world, integrationId, routeId };
}
