import type { SimulateOptions, Simulation } from '../../../src/index.js';
import { idOf, type Account } from '../../alibaba/ecs/account.js';
import { connectedWorld, type World } from '../../alibaba/connects/world.js';

export const REGION = 'cn-hangzhou';
export const MINUTE = 60_000;

/**
 * A group on a VPC integration instance, with two APIs on RELEASE: `GET /orders/[id]`, whose backend is port 80 of the ECS instance at
 * 10.0.3.10, and `GET /carts/*`, whose backend is the load balancer at 10.0.3.20.
 */
export interface Shop extends World {
  readonly sim: Simulation;
  readonly groupId: string;
  /** The group's own domain. */
  readonly host: string;
  readonly ordersId: string;
  readonly call: Simulation['traffic']['call'];
  /** `GET` on the group's own domain: outcome, and what the gateway says of an error. */
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<string>;
}

/** How an API is made; its backend is an authorization by name, or a service config. */
export interface ApiInput {
  readonly path: string;
  readonly method?: string;
  readonly access?: string;
  readonly service?: Readonly<Record<string, unknown>>;
  readonly request?: Readonly<Record<string, unknown>>;
  readonly more?: Readonly<Record<string, unknown>>;
  readonly stage?: string;
}

let names = 0;

/** Creates an API and publishes it. Returns its ID. */
export function publish({ cloudapi }: Pick<Account, 'cloudapi'>, GroupId: string, input: ApiInput): string {
  const { path, method = 'GET', access, service = {}, request = {}, more = {}, stage: StageName = 'RELEASE' } = input;
  names += 1;
  const vpc = access === undefined ? {} : { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: access } };
  const ApiId = idOf(
    cloudapi('CreateApi', {
      GroupId,
      ApiName: `api${names}`,
      Visibility: 'PRIVATE',
      RequestConfig: JSON.stringify({
        RequestProtocol: 'HTTP,HTTPS',
        RequestHttpMethod: method,
        RequestPath: path,
        ...request,
      }),
      ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP', ServiceTimeout: 2000, ...vpc, ...service }),
      ...more,
    }),
    'ApiId',
  );
  cloudapi('DeployApi', { GroupId, ApiId, StageName, Description: 'new' });
  return ApiId;
}

/** By default waits of calls pass by themselves, nothing is throttled, and changes are in effect at once. */
export async function shop(options: SimulateOptions = {}): Promise<Shop> {
  const world = await connectedWorld('normal', { clock: 'auto', throttle: false, dataPathDelay: 0, ...options });
  const { cloud, linkId, vpcId: VpcId, serverId, loadBalancerId } = world;
  cloud.cloudapi('SetVpcAccess', { Name: 'server', VpcId, InstanceId: serverId, Port: 80 });
  cloud.cloudapi('SetVpcAccess', { Name: 'balancer', VpcId, InstanceId: loadBalancerId, Port: 80 });
  const groupId = idOf(cloud.cloudapi('CreateApiGroup', { GroupName: 'shop', InstanceId: linkId }), 'GroupId');
  const ordersId = publish(cloud, groupId, {
    path: '/orders/[id]',
    access: 'server',
    service: { ServicePath: '/v2/orders/[id]' },
  });
  publish(cloud, groupId, { path: '/carts/*', access: 'balancer' });
  const host = `${groupId}-${REGION}.alicloudapi.com`;
  const { call } = cloud.sim.traffic;
  await cloud.sim.advance(MINUTE);
  return {
    ...world,
    sim: cloud.sim,
    groupId,
    host,
    ordersId,
    call,
    get: async (path, headers = {}) => {
      const answer = await call({ host, path, headers });
      const code = answer.headers['x-ca-error-code'];
      return [answer.outcome, answer.status, ...(code === undefined ? [] : [code])].join(' ');
    },
  };
}

/** A conventional instance that runs. Its ID and its egress block. */
export async function conventional({ cloud }: Pick<Shop, 'cloud'>): Promise<{ id: string; egress: string }> {
  const { Zones } = cloud.cloudapi('DescribeZones') as { Zones?: { Zone: { ZoneId: string }[] } };
  const ZoneId = Zones?.Zone.find((one) => one.ZoneId.includes('MAZ'))?.ZoneId;
  const id = idOf(
    cloud.cloudapi('CreateInstance', {
      InstanceName: 'conventional',
      InstanceSpec: 'api.s1.small',
      ChargeType: 'PostPaid',
      HttpsPolicy: 'HTTPS2_TLS1_2',
      InstanceType: 'normal',
      ZoneId,
      Token: 'conventional',
    }),
    'InstanceId',
  );
  await cloud.sim.advance(20 * MINUTE);
  const { Instances } = cloud.cloudapi('DescribeInstances', { InstanceId: id }) as {
    Instances?: { InstanceAttribute: { VpcEgressAddress: string }[] };
  };
  return { id, egress: Instances?.InstanceAttribute[0]?.VpcEgressAddress ?? '' };
}
