import type { TargetRef, RouteRequest } from '@postern/core/internal/library';
import type { SimulateOptions } from '@postern/simulator';
import { OWNER, simulated } from '../world/simulated.js';

type Fields = Readonly<Record<string, unknown>>;
/** As a spec names it: listeners that neither a spec nor `uses` asks for are not read. */
const SCOPE = { targets: [{ listener: { loadBalancer: 'orders-nlb', port: 80 } }] } as const;

/**
 * A WebSocket API in a simulated region with the stage `prod`, and a V1 link to the network load balancer
 * `orders-nlb`, which listens on 80 and 8080 as well. `other` is a link to another load balancer.
 */
export async function webSocketWorld(options: SimulateOptions = {}) {
  const cloud = await simulated({ throttle: false, ...options });
  const { world, call, ctx, driver, settle } = cloud;
  const elb = (operation: string, input: Fields): any => call('elasticloadbalancingv2', operation, input);
  const api = (operation: string, input: Fields): any => call('apigatewayv2', operation, { ApiId, ...input });
  const [{ TargetGroupArn }] = elb('DescribeTargetGroups', {}).TargetGroups;
  const forward = [{ Type: 'forward', TargetGroupArn }];
  const [nlb] = elb('DescribeLoadBalancers', { Names: ['orders-nlb'] }).LoadBalancers;
  const [second] = elb('CreateLoadBalancer', {
    Name: 'second-nlb',
    Type: 'network',
    Scheme: 'internal',
    Subnets: world.subnetIds,
  }).LoadBalancers;
  const listen = (LoadBalancerArn: string, Port: number) =>
    elb('CreateListener', { LoadBalancerArn, Protocol: 'TCP', Port, DefaultActions: forward });
  for (const port of [80, 8080]) listen(nlb.LoadBalancerArn, port);
  await settle();
  const group = elb('CreateTargetGroup', { Name: 'second', Protocol: 'TCP', Port: 80, VpcId: world.networkId });
  elb('CreateListener', {
    LoadBalancerArn: second.LoadBalancerArn,
    Protocol: 'TCP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: group.TargetGroups[0].TargetGroupArn }],
  });
  const link = (name: string, arn: string): string =>
    call('apigateway', 'CreateVpcLink', { name, targetArns: [arn] }).id;
  const v1 = { kind: 'vpc-link-v1', id: link('orders', nlb.LoadBalancerArn) } as const;
  const other = { kind: 'vpc-link-v1', id: link('second', second.LoadBalancerArn) } as const;
  await settle();

  const ApiId: string = call('apigatewayv2', 'CreateApi', {
    Name: 'chat',
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  }).ApiId;
  api('CreateStage', { StageName: 'prod' });
  const gateway = { kind: 'websocket-api', id: ApiId } as const;
  const resolve = (ref: TargetRef) => driver.targets.resolve(ref, {}, ctx);
  const at = (port: number, loadBalancer = 'orders-nlb') => resolve({ listener: { loadBalancer, port } });
  const targets = { plain: await at(80), port: await at(8080), tls: await at(443), other: await at(80, 'second-nlb') };
  return {
    ...cloud,
    api,
    gateway,
    nlb: nlb as { LoadBalancerArn: string; DNSName: string },
    v1,
    other,
    targets,
    request: (more: Partial<RouteRequest> = {}): RouteRequest => ({
      gateway,
      key: 'send',
      link: v1,
      use: { target: targets.plain, path: 'overwrite' },
      owner: OWNER,
      ...more,
    }),
    integrations: (): Record<string, any>[] => api('GetIntegrations', {}).Items,
    routes: (): Record<string, any>[] => api('GetRoutes', {}).Items,
    find: (key = 'send') => driver.routes.find(gateway, key, ctx),
    observed: async (more: Fields = {}) => {
      const { gateways, gaps } = await driver.observe({ ...SCOPE, gateways: [{ webSocketApi: ApiId }], ...more }, ctx);
      if (gaps !== undefined && gaps.length > 0) throw new Error(JSON.stringify(gaps));
      return gateways[0];
    },
  };
}
