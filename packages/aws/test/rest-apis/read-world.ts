import type { SimulateOptions } from '@postern/simulator';
import { simulated } from '../world/simulated.js';

type Fields = Readonly<Record<string, unknown>>;

/** A simulated region with an active network load balancer `edge-nlb` besides the world's, and the calls of others. */
export async function readWorld(options: SimulateOptions = {}) {
  const cloud = await simulated({ throttle: false, ...options });
  const { call, world, settle } = cloud;
  const rest = (operation: string, input: Fields): any => call('apigateway', operation, input);
  const elb = (operation: string, input: Fields): any => call('elasticloadbalancingv2', operation, input);
  /** A load balancer with a TCP listener on port 443 in the first network. */
  const balancer = (Name: string, more: Fields = {}): { arn: string; listener: string } => {
    const arn: string = elb('CreateLoadBalancer', {
      Name,
      Type: 'network',
      Scheme: 'internal',
      Subnets: world.subnetIds.slice(0, 2),
      ...more,
    }).LoadBalancers[0].LoadBalancerArn;
    const { TargetGroups } = elb('CreateTargetGroup', {
      Name: `${Name}-tcp`,
      Protocol: 'TCP',
      Port: 443,
      VpcId: world.networkId,
    });
    const listener: string = elb('CreateListener', {
      LoadBalancerArn: arn,
      Protocol: 'TCP',
      Port: 443,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: TargetGroups[0].TargetGroupArn }],
    }).Listeners[0].ListenerArn;
    return { arn, listener };
  };
  const api = (name = 'shop', more: Fields = {}): string => rest('CreateRestApi', { name, ...more }).id;
  /** A resource with its parents, as another writer creates them. */
  const resource = (restApiId: string, path: string): string => {
    const { items } = rest('GetResources', { restApiId, limit: 500 });
    let parentId: string = items.find((one: any) => one.path === '/').id;
    for (const pathPart of path.split('/').slice(1).filter(Boolean)) {
      const there = items.find((one: any) => one.parentId === parentId && one.pathPart === pathPart);
      parentId = there?.id ?? rest('CreateResource', { restApiId, parentId, pathPart }).id;
    }
    return parentId;
  };
  /** A method with a private integration. */
  const method = (restApiId: string, key: string, integration: Fields, more: Fields = {}): string => {
    const [httpMethod = '', path = ''] = key.split(' ');
    const resourceId = resource(restApiId, path);
    const declared = Object.fromEntries(
      [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name]) => [`method.request.path.${name}`, true]),
    );
    const requestParameters = { ...declared, ...(more['requestParameters'] as Fields | undefined) };
    rest('PutMethod', { restApiId, resourceId, httpMethod, authorizationType: 'NONE', ...more, requestParameters });
    rest('PutIntegration', {
      restApiId,
      resourceId,
      httpMethod,
      type: 'HTTP_PROXY',
      integrationHttpMethod: httpMethod,
      connectionType: 'VPC_LINK',
      ...integration,
    });
    return `${resourceId}/${httpMethod}`;
  };
  const edge = balancer('edge-nlb');
  await settle();
  const balancers: { LoadBalancerName: string; LoadBalancerArn: string }[] = elb(
    'DescribeLoadBalancers',
    {},
  ).LoadBalancers;
  const alb = balancers.find(({ LoadBalancerName }) => LoadBalancerName === 'orders-alb')?.LoadBalancerArn ?? '';
  /** A V1 link to a load balancer, as another writer creates it; AVAILABLE after minutes. */
  const v1 = (arn: string, more: Fields = {}): string =>
    rest('CreateVpcLink', { name: 'edge', targetArns: [arn], ...more }).id;
  return { ...cloud, rest, elb, balancer, api, resource, method, edge, alb, v1 };
}
