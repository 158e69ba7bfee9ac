import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import {
  createContext,
  driversOf,
  type ApplyOptions,
  type Driver,
  type Plan,
  type RunEvent,
} from '@postern/core/internal/library';
import { diff, observeSpec } from '@postern/core/internal/plan';
import type { CallGateway } from '@postern/core/internal/probe';
import {
  simulate,
  type ServiceName,
  type SimulateOptions,
  type Simulation,
} from '@postern/simulator/internal/simulation';
import { aws } from '../../src/index.js';
import { carriedOut } from '../../../testing/src/conformance/apply/spec-runs.js';
import { REGION } from './simulated.js';
import { runInstance } from '../../../simulator/test/aws/run-instance.js';

type Row = Readonly<Record<string, any>>;

/** What differs from the usual: one that deploys by itself, and one open route. */
export interface HttpShopOptions {
  readonly autoDeploy?: boolean;
  /** The routes of the spec, as YAML. */
  readonly routes?: string;
  readonly settings?: SimulateOptions;
  /** Whether the spec has an identity; it has by default. */
  readonly hasIdentity?: boolean;
  /** Where it is built, instead of in a simulation of its own. */
  readonly within?: Simulation;
}

/** How a spec is applied. */
export interface HttpRun extends Partial<ApplyOptions> {
  readonly by?: Driver;
  readonly onEvent?: (event: RunEvent) => void;
}

/**
 * An HTTP API, with a load balancer and one server behind it. A spec declares its link in one of two security groups: the
 * load balancer takes calls of `open`, and of `closed` none.
 */
export async function httpShop({
  autoDeploy = true,
  hasIdentity = true,
  routes = `{ 'GET /orders': t }`,
  settings = {},
  within,
}: HttpShopOptions = {}) {
  const simulation = within ?? simulate({ seed: 7, clock: 'auto', throttle: false, ...settings });
  const call = (service: ServiceName, operation: string, input: Row = {}): any =>
    simulation.call({ service, operation, region: REGION }, input);
  const elb = (operation: string, input: Row): any => call('elasticloadbalancingv2', operation, input);
  const subnets: Row[] = call('ec2', 'DescribeSubnets').Subnets;
  const VpcId: string = subnets[0]?.['VpcId'];
  const ids = subnets.map((row) => row['SubnetId'] as string);
  const open: string = call('ec2', 'DescribeSecurityGroups').SecurityGroups[0].GroupId;
  const closed: string = call('ec2', 'CreateSecurityGroup', { GroupName: 'closed', Description: 'x', VpcId }).GroupId;
  const { PrivateIpAddress: Id } = runInstance((...ec2) => call('ec2', ...ec2), { SubnetId: ids[0] });
  const group = { Name: 'orders', Protocol: 'HTTP', Port: 8080, VpcId, TargetType: 'ip' };
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', group).TargetGroups;
  elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id }] });
  const balancer = { Name: 'orders', Scheme: 'internal', Subnets: ids, SecurityGroups: [open] };
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', balancer).LoadBalancers;
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  elb('CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions });
  const { ApiId } = call('apigatewayv2', 'CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  call('apigatewayv2', 'CreateStage', { ApiId, StageName: '$default', AutoDeploy: autoDeploy });
  await simulation.advance(1_200_000);

  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  let seed = 1;
  const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const contextOf = (signal?: AbortSignal) => createContext({ clock: simulation.clock, random, signal });
  const specText = (first: number, groupId: string): string => `version: 1
project: shop
${hasIdentity ? 'spec: shop-7f3k2q\n' : ''}links:
  eu: { provider: aws, region: ${REGION}, subnets: [${ids[first]}, ${ids[first + 1]}], securityGroups: [${groupId}] }
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${ApiId} }
    targets: { t: { listener: { loadBalancer: orders, port: 80 } } }
    routes: ${routes}
`;
  const specOf = (first: number, groupId: string) => parseSpec(specText(first, groupId));
  const planOf = async (first: number, groupId = open): Promise<Plan> => {
    const spec = specOf(first, groupId);
    return diff(await observeSpec(spec, driversOf(driver), contextOf(), { all: true }), spec, {
      clouds: CLOUDS,
      all: true,
    });
  };
  /** Calls the simulated data path. */
  const callGateway: CallGateway = async ({ url, method, headers }) => {
    const { host, pathname, search } = new URL(url);
    const startMs = simulation.clock.monotonicMs();
    const answer = await simulation.traffic.call({ host, method, path: `${pathname}${search}`, headers });
    const plain = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
    const latencyMs = simulation.clock.monotonicMs() - startMs;
    return { status: answer.status, headers: plain, latencyMs, body: answer.body.slice(0, 1_024) };
  };
  const api = (operation: string): Row[] => call('apigatewayv2', operation, { ApiId }).Items;
  return {
    simulation,
    call,
    ApiId,
    host: `${ApiId}.execute-api.${REGION}.amazonaws.com`,
    open,
    closed,
    driver,
    drivers: driversOf(driver),
    contextOf,
    specText,
    specOf,
    planOf,
    callGateway,
    /** Applies the spec with the link in the subnets `first` and the next one, and in a security group. */
    run: async (first: number, groupId: string, { by = driver, ...options }: HttpRun = {}) => {
      const spec = specOf(first, groupId);
      const cloud = { driver: by, ctx: contextOf() };
      return carriedOut(cloud, spec, await planOf(first, groupId), { callGateway, ...options });
    },
    links: (): readonly string[] => call('apigatewayv2', 'GetVpcLinks').Items.map((row: Row) => row['VpcLinkId']),
    keys: (): readonly string[] => api('GetRoutes').map((row) => row['RouteKey'] as string),
    linksOfRoutes: (): readonly string[] => {
      const byId = new Map(api('GetIntegrations').map((row) => [`integrations/${row['IntegrationId']}`, row]));
      return api('GetRoutes').map((row) => byId.get(row['Target'] as string)?.['ConnectionId'] as string);
    },
    integrations: (): number => api('GetIntegrations').length,
    /** Calls the declared paths all the time. @returns what ends the calls, and how they went */
    load: (...paths: readonly string[]) => {
      const job = simulation.traffic.load({
        gateway: `${ApiId}.execute-api.${REGION}.amazonaws.com`,
        paths,
        perSecond: 4,
        seconds: 0,
      });
      return async () => {
        await simulation.advance(60_000);
        job.end();
        await simulation.advance(60_000);
        return job.status();
      };
    },
  };
}
