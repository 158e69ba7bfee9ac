import type { CloudTypes } from '@postern/core/internal/kinds';
import type { Driver, RouteRequest } from '@postern/core/internal/library';
import { driverOf } from '@postern/core/internal/driver';
import { createSession } from '../../src/client/session.js';
import { restRoutes } from '../../src/rest-apis/routes.js';
import { routeSession } from '../../src/rest-apis/write/resource-trees.js';
import { OWNER, REGION, simulated } from '../world/simulated.js';
import type { SimulateOptions } from '@postern/simulator';

type Fields = Readonly<Record<string, unknown>>;
export const MARK = 'postern:shop@orders/1a2b3c4d';

/**
 * A REST API in a simulated region, a V2 link in its VPC, a V1 link to its network load balancer, and the methods
 * of routes. Without `linked`, nothing is waited for, and links do not exist.
 */
export async function restWorld({ type = 'REGIONAL', ...options }: SimulateOptions & { readonly type?: string } = {}) {
  const cloud = await simulated({ throttle: false, ...options });
  const { simulation, world, call, ctx, settle } = cloud;
  const rest = (operation: string, input: Fields): any => call('apigateway', operation, input);
  const balancers: { LoadBalancerArn: string; LoadBalancerName: string; DNSName: string }[] = call(
    'elasticloadbalancingv2',
    'DescribeLoadBalancers',
    {},
  ).LoadBalancers;
  const balancer = (name: string) => balancers.find(({ LoadBalancerName }) => LoadBalancerName === name)!;
  const [alb, nlb] = [balancer('orders-alb'), balancer('orders-nlb')];
  const apiId: string = rest('CreateRestApi', { name: 'shop', endpointConfiguration: { types: [type] } }).id;
  const v2 = (await cloud.link()).id;
  const v1: string = rest('CreateVpcLink', { name: 'orders', targetArns: [nlb.LoadBalancerArn] }).id;
  await settle();

  const newDriver = (clients = simulation.clients(REGION)) => driverWith(clients, cloud.driver);
  const target = await cloud.driver.targets.resolve(world.targets[0]!, {}, ctx);
  const second = await cloud.driver.targets.resolve(world.targets[1]!, {}, ctx);
  const tcp = await cloud.driver.targets.resolve(world.targets[2]!, {}, ctx);
  return {
    ...cloud,
    rest,
    apiId,
    gateway: { kind: 'rest-api', id: apiId } as const,
    alb,
    nlb,
    v1: { kind: 'vpc-link-v1', id: v1 } as const,
    v2: { kind: 'vpc-link-v2', id: v2 } as const,
    targets: { target, second, tcp },
    /** Of a new process: it remembers nothing. */
    newDriver,
    driver: newDriver(),
    request: (key: string, more: Partial<RouteRequest> = {}): RouteRequest => ({
      gateway: { kind: 'rest-api', id: apiId },
      key,
      link: { kind: 'vpc-link-v2', id: v2 },
      use: { target, path: 'overwrite' },
      owner: OWNER,
      ...more,
    }),
    /** The resources by path, each with its methods. */
    resources: (): Record<string, any> =>
      Object.fromEntries(
        rest('GetResources', { restApiId: apiId, embed: ['methods'], limit: 500 }).items.map((one: any) => [
          one.path,
          one,
        ]),
      ),
    /** One method as the service has it. */
    method: (key: string): any => {
      const [verb = '', path = ''] = key.split(' ');
      const { items } = rest('GetResources', { restApiId: apiId, embed: ['methods'], limit: 500 });
      return items.find((one: any) => one.path === path)?.resourceMethods?.[verb];
    },
    /** Adds a resource as another writer does. */
    addPath: (path: string): string => {
      const { items } = rest('GetResources', { restApiId: apiId, limit: 500 });
      let parentId = items.find((one: any) => one.path === '/').id as string;
      for (const pathPart of path.split('/').slice(1)) {
        const there = items.find((one: any) => one.parentId === parentId && one.pathPart === pathPart);
        parentId = there?.id ?? rest('CreateResource', { restApiId: apiId, parentId, pathPart }).id;
      }
      return parentId;
    },
    /** Adds a method with a MOCK integration as another writer does. */
    addMethod: (resourceId: string, httpMethod: string, more: Fields = {}) => {
      const place = { restApiId: apiId, resourceId, httpMethod };
      rest('PutMethod', { ...place, authorizationType: 'NONE', ...more });
      rest('PutIntegration', { ...place, type: 'MOCK' });
    },
    /** The calls that wrote something since `from` journal entries. */
    writesSince: (from: number) => cloud.calledSince(from).filter((name) => !/^(?:Get|Describe)/.test(name)),
  };
}

const ABILITIES = ['adoption', 'stages', 'stageSettings', 'listing', 'sweeping', 'testCalls'] as const;

/** The methods of REST routes, in a driver with both kinds of links. */
function driverWith(clients: Parameters<typeof createSession>[0]['clients'], base: Driver) {
  const { region, identity, observe } = base;
  const traits = base.traits('vpc-link-v2');
  return driverOf<CloudTypes, (typeof ABILITIES)[number]>({
    provider: 'aws',
    region,
    cloud: base.cloud,
    links: { 'vpc-link-v2': traits, 'vpc-link-v1': traits },
    gateways: ['rest-api'],
    abilities: ABILITIES,
    open: () => {
      const routes = restRoutes(routeSession(createSession({ clients }, REGION)));
      return Promise.resolve({ identity, observe, links: {}, gateways: { 'rest-api': routes } });
    },
  });
}
