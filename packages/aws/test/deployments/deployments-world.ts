import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { createContext, driversOf, type Spec } from '@postern/core/internal/library';
import { check } from '@postern/core/internal/check';
import { observeSpec } from '@postern/core/internal/plan';
import { simulate, type ServiceName, type Simulation } from '@postern/simulator/internal/simulation';
import { aws } from '../../src/index.js';
import { REGION } from '../world/simulated.js';
import { runInstance } from '../../../simulator/test/aws/run-instance.js';

type Row = Readonly<Record<string, any>>;

/** The stage whose routes are judged; an HTTP API has no other. */
export const STAGE = 'prod';
const SETTINGS = { seed: 7, clock: 'auto', throttle: false } as const;

/** A region with two load balancers, whose backends answer with what they get; two links; a REST API and an HTTP API. */
export interface Region {
  readonly world: ReturnType<Simulation['world']>;
  readonly addresses: readonly string[];
  readonly ids: Readonly<
    Record<
      'alb' | 'other' | 'listener' | 'otherListener' | 'link' | 'secondLink' | 'rest' | 'http' | 'resource',
      string
    >
  >;
}

/** One copy of a region, whose APIs may be changed. */
export interface Copy {
  readonly simulation: Simulation;
  readonly ids: Region['ids'];
  /** The address of the declared backend. */
  readonly server: string;
  readonly rest: (operation: string, input?: Row) => any;
  readonly http: (operation: string, input?: Row) => any;
}

/** @param methods those that the listener of the declared target forwards; others get 404 */
export async function buildRegion(methods: readonly string[] | undefined): Promise<Region> {
  const simulation = simulate(SETTINGS);
  const call = caller(simulation);
  const elb = (operation: string, input: Row): any => call('elasticloadbalancingv2', operation, input);
  const subnets: Row[] = call('ec2', 'DescribeSubnets').Subnets;
  const SubnetIds = subnets.map((row) => row['SubnetId'] as string);
  const VpcId: string = subnets[0]?.['VpcId'];
  const [{ GroupId }] = call('ec2', 'DescribeSecurityGroups').SecurityGroups;
  const addresses: string[] = [];
  const balancer = (Name: string, only: readonly string[] | undefined) => {
    const { PrivateIpAddress: Id } = runInstance((...ec2) => call('ec2', ...ec2), { SubnetId: SubnetIds[0] });
    addresses.push(Id);
    const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
      Name,
      Protocol: 'HTTP',
      Port: 8080,
      VpcId,
      TargetType: 'ip',
    }).TargetGroups;
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id }] });
    const input = { Name, Scheme: 'internal', Subnets: SubnetIds, SecurityGroups: [GroupId] };
    const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', input).LoadBalancers;
    const forward = [{ Type: 'forward', TargetGroupArn }];
    const none = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }];
    const DefaultActions = only === undefined ? forward : none;
    const [{ ListenerArn }] = elb('CreateListener', {
      LoadBalancerArn,
      Protocol: 'HTTP',
      Port: 80,
      DefaultActions,
    }).Listeners;
    if (only !== undefined) {
      const Conditions = [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: only } }];
      elb('CreateRule', { ListenerArn, Priority: 1, Conditions, Actions: forward });
    }
    return { arn: LoadBalancerArn as string, listener: ListenerArn as string };
  };
  const orders = balancer('orders', methods);
  const stock = balancer('stock', undefined);
  const link = (Name: string): string =>
    call('apigatewayv2', 'CreateVpcLink', { Name, SubnetIds, SecurityGroupIds: [GroupId] }).VpcLinkId;
  const [first, second] = [link('first'), link('second')];
  const { id: restApiId, rootResourceId } = call('apigateway', 'CreateRestApi', {
    name: 'shop',
    endpointConfiguration: { types: ['REGIONAL'] },
  });
  const { id: resourceId } = call('apigateway', 'CreateResource', {
    restApiId,
    parentId: rootResourceId,
    pathPart: 'orders',
  });
  const { ApiId } = call('apigatewayv2', 'CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  await simulation.advance(1_200_000);
  return {
    world: simulation.world(),
    addresses,
    ids: {
      alb: orders.arn,
      other: stock.arn,
      listener: orders.listener,
      otherListener: stock.listener,
      link: first,
      secondLink: second,
      rest: restApiId,
      http: ApiId,
      resource: resourceId,
    },
  };
}

function caller(simulation: Simulation) {
  return (service: ServiceName, operation: string, input: Row = {}): any =>
    simulation.call({ service, operation, region: REGION }, input);
}

/** A copy of a region whose calls are decided by `seed`. */
export function copyOf({ world, addresses, ids }: Region, seed: number): Copy {
  const simulation = simulate({ ...SETTINGS, seed });
  simulation.load(world);
  const call = caller(simulation);
  return {
    simulation,
    ids,
    server: addresses[0] ?? '',
    rest: (operation, input) => call('apigateway', operation, { restApiId: ids.rest, ...input }),
    http: (operation, input) => call('apigatewayv2', operation, { ApiId: ids.http, ...input }),
  };
}

/** What is declared of an API, of others or managed: `keys` lead to the first load balancer through the first link. */
export function specOf(
  { ids }: Copy,
  kind: 'rest' | 'http',
  keys: readonly string[],
  owner: 'external' | 'managed' = 'external',
): Spec {
  const gateway = kind === 'rest' ? `{ restApi: ${ids.rest}, stage: ${STAGE} }` : `{ httpApi: ${ids.http} }`;
  return parseSpec(`version: 1
project: shop
${owner === 'managed' ? 'spec: shop-7f3k2q\n' : ''}links: { eu: { provider: aws, region: ${REGION}, id: ${ids.link} } }
integrations:
  orders:
    link: eu
    ${owner === 'external' ? 'owner: external' : ''}
    gateway: ${gateway}
    targets: { orders: { listener: ${ids.listener} } }
    routes: { ${keys.map((key) => `'${key}': orders`).join(', ')} }
`);
}

/** The verdicts about a copy, from what its clients read. */
export async function reportOf({ simulation }: Copy, spec: Spec): Promise<ReturnType<typeof check>> {
  const drivers = driversOf(aws({ region: REGION, clients: simulation.clients(REGION) }));
  const context = createContext({ clock: simulation.clock, random: () => 0.5 });
  return check(await observeSpec(spec, drivers, context, { checks: true }), spec, { clouds: CLOUDS });
}

/**
 * How many of `count` calls of a route the declared backend answers, through the declared link. Of a managed route it must get
 * the method and the path of the call, as a spec declares them.
 */
export async function answered(
  { simulation, ids, server }: Copy,
  kind: 'rest' | 'http',
  key: string,
  count: number,
  owner: 'external' | 'managed' = 'managed',
) {
  const [verb = '', path = ''] = key.split(' ');
  const host = `${ids[kind]}.execute-api.${REGION}.amazonaws.com`;
  let good = 0;
  for (let one = 0; one < count; one += 1) {
    const method = verb === 'ANY' ? (one % 2 === 0 ? 'GET' : 'POST') : verb;
    const answer = await simulation.traffic.call({ host, method, path: `/${STAGE}${path}` });
    if (answer.outcome !== 'delivered' || answer.status !== 200 || answer.trace.link !== ids.link) continue;
    const request = requestIn(answer.body);
    const isAsSent = owner === 'external' || (request['method'] === method && request['path'] === path);
    if (request['destination'] === server && isAsSent) good += 1;
  }
  return good;
}

/** What the backend got, by its echo; a mock answers nothing. */
function requestIn(body: string | Uint8Array): Row {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  return text.startsWith('{') ? JSON.parse(text) : {};
}
