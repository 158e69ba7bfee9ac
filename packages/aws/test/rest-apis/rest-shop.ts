import type { MoveDriver, MoveUnit } from '@postern/core/internal/adapter';
import { simulate, type ServiceName } from '@postern/simulator/internal/simulation';
import { aws } from '../../src/index.js';
import { REGION } from '../world/simulated.js';
import { contextOf } from '../world/killed-move.js';
import { runInstance } from '../../../simulator/test/aws/run-instance.js';

type Row = Readonly<Record<string, any>>;

/** How a shop differs from the usual one. */
export interface RestShopOptions {
  /** The port of the application load balancer's listener. */
  readonly port?: number;
  /** The ID of the V1 link is in a stage variable. */
  readonly byVariable?: boolean;
}

/**
 * A REST API with two methods on stage `prod`, through a V1 link and a network load balancer; a V2 link, and an application
 * load balancer in front of the same server.
 */
export async function restShop({ port = 80, byVariable = false }: RestShopOptions = {}) {
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
  const call = (service: ServiceName, operation: string, input: Row = {}): any =>
    simulation.call({ service, operation, region: REGION }, input);
  const elb = (operation: string, input: Row): any => call('elasticloadbalancingv2', operation, input);
  const subnets: Row[] = call('ec2', 'DescribeSubnets').Subnets;
  const [{ GroupId }] = call('ec2', 'DescribeSecurityGroups').SecurityGroups;
  const SubnetIds = subnets.map((row) => row['SubnetId'] as string);
  const { PrivateIpAddress: Id } = runInstance((...ec2) => call('ec2', ...ec2), { SubnetId: SubnetIds[0] });
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
  const balancer = (Name: string, Type: string, Protocol: string, Port: number): Row => {
    const groups = Type === 'application' ? { SecurityGroups: [GroupId] } : {};
    const input = { Name, Type, Scheme: 'internal', Subnets: SubnetIds, ...groups };
    const [made] = elb('CreateLoadBalancer', input).LoadBalancers;
    const group = { Name, Protocol, Port: 8080, VpcId: subnets[0]?.['VpcId'], TargetType: 'ip' };
    const [{ TargetGroupArn }] = elb('CreateTargetGroup', group).TargetGroups;
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id }] });
    const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
    elb('CreateListener', { LoadBalancerArn: made.LoadBalancerArn, Protocol, Port, DefaultActions });
    return made;
  };
  const alb = balancer('orders-alb', 'application', 'HTTP', port);
  const nlb = balancer('orders-nlb', 'network', 'TCP', 80);
  elb('ModifyLoadBalancerAttributes', {
    LoadBalancerArn: nlb['LoadBalancerArn'],
    Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
  });
  await simulation.advance(600_000);
  const link = { Name: 'two', SubnetIds, SecurityGroupIds: [GroupId] };
  const v2: string = call('apigatewayv2', 'CreateVpcLink', link).VpcLinkId;
  const v1: string = call('apigateway', 'CreateVpcLink', { name: 'one', targetArns: [nlb['LoadBalancerArn']] }).id;
  await simulation.advance(600_000);

  const regional = { types: ['REGIONAL'] };
  const { id, rootResourceId } = call('apigateway', 'CreateRestApi', { name: 'shop', endpointConfiguration: regional });
  const restApiId: string = id;
  const rest = (operation: string, more: Row = {}): any => call('apigateway', operation, { restApiId, ...more });
  /** A method through the V1 link. */
  const method = (pathPart: string): Row => {
    const { id: resourceId } = rest('CreateResource', { parentId: rootResourceId, pathPart });
    const at = { resourceId, httpMethod: 'GET' };
    rest('PutMethod', { ...at, authorizationType: 'NONE' });
    rest('PutIntegration', {
      ...at,
      type: 'HTTP_PROXY',
      integrationHttpMethod: 'GET',
      uri: `http://${nlb['DNSName']}/${pathPart}`,
      connectionType: 'VPC_LINK',
      connectionId: byVariable ? '${stageVariables.link}' : v1,
    });
    return at;
  };
  const methods = [method('orders'), method('carts')];
  rest('CreateDeployment', { stageName: 'prod', variables: { link: v1 } });
  await simulation.advance(10_000);

  const { moves }: { readonly moves: MoveDriver } = aws({ region: REGION, clients: simulation.clients(REGION) });
  const unit: MoveUnit = {
    id: 'prod',
    gateway: { kind: 'rest-api', id: restApiId },
    from: { kind: 'vpc-link-v1', id: v1 },
    to: { kind: 'vpc-link-v2', id: v2 },
    stage: 'prod',
    targetBalancer: 'orders-alb',
  };
  return {
    simulation,
    rest,
    restApiId,
    unit,
    v1,
    v2,
    alb,
    nlb,
    methods,
    method,
    moves,
    ctx: contextOf(simulation),
    stage: (): Row => rest('GetStages').item[0],
    deployments: (): Row[] => rest('GetDeployments').items,
    /** The integrations of the working copy. */
    drafts: (): Row[] => methods.map((at) => rest('GetIntegration', at)),
    /** The links of the calls of the next minute, by stage. */
    links: async (): Promise<readonly string[]> => {
      simulation.traffic.resetCounters();
      await simulation.advance(60_000);
      return [...new Set(simulation.traffic.counters().by.map((row) => `${row.stage} ${row.link}`))].toSorted();
    },
    /** Calls both methods all the time. @returns what ends the calls, and how they went */
    load: () => {
      const gateway = `${restApiId}.execute-api.${REGION}.amazonaws.com`;
      const paths = ['/prod/orders', '/prod/carts'];
      const job = simulation.traffic.load({ gateway, paths, perSecond: 20, seconds: 0 });
      return async () => {
        await simulation.advance(60_000);
        job.end();
        await simulation.advance(60_000);
        return job.status();
      };
    },
  };
}
