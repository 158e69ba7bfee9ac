import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import * as core from '../../../core/test/whole.js';
import type { ApplyOptions, Plan, RunEvent, Spec } from '@postern/core/internal/library';
import { simulate, type ServiceName, type SimulateOptions } from '@postern/simulator/internal/simulation';
import { aws } from '../../src/index.js';
import { runInstance } from '../../../simulator/test/aws/run-instance.js';

type Row = Readonly<Record<string, any>>;
type Options = Partial<ApplyOptions> & { readonly onEvent?: (event: RunEvent) => void };
const REGION = 'eu-west-1';

/** What of core a shop is planned and applied with. */
export type Core = Pick<typeof core, 'apply' | 'createContext' | 'diff' | 'driversOf' | 'observeSpec'>;

/** How a shop differs from the usual one. */
export interface ServedShopOptions {
  readonly using?: Core;
  readonly key?: string;
  readonly settings?: SimulateOptions;
}

/**
 * An HTTP API, with a load balancer and one server behind it that answers after `delayMs`. A spec declares the link, in
 * the subnets with these indexes, and one route.
 */
export async function servedShop(
  delayMs: number,
  { using = core, key = 'ANY /orders', settings = {} }: ServedShopOptions = {},
) {
  const { apply, createContext, diff, driversOf, observeSpec } = using;
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false, ...settings });
  const call = (service: ServiceName, operation: string, input: Row = {}): any =>
    simulation.call({ service, operation, region: REGION }, input);
  const elb = (operation: string, input: Row): any => call('elasticloadbalancingv2', operation, input);
  const subnets: Row[] = call('ec2', 'DescribeSubnets').Subnets;
  const [{ GroupId }] = call('ec2', 'DescribeSecurityGroups').SecurityGroups;
  const ids = subnets.map((row) => row['SubnetId'] as string);
  const { PrivateIpAddress: Id } = runInstance((...ec2) => call('ec2', ...ec2), { SubnetId: ids[0] });
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
    Name: 'orders',
    Protocol: 'HTTP',
    Port: 8080,
    VpcId: subnets[0]?.['VpcId'],
    TargetType: 'ip',
    HealthCheckIntervalSeconds: 120,
    HealthCheckTimeoutSeconds: 60,
  }).TargetGroups;
  elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id }] });
  const balancer = { Name: 'orders', Scheme: 'internal', Subnets: ids, SecurityGroups: [GroupId] };
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', balancer).LoadBalancers;
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  elb('CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions });
  simulation.backends.add({ address: Id, port: 8080, behavior: { delayMs } });
  const { ApiId } = call('apigatewayv2', 'CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  call('apigatewayv2', 'CreateStage', { ApiId, StageName: '$default', AutoDeploy: true });
  await simulation.advance(1_200_000);

  const drivers = driversOf(aws({ region: REGION, clients: simulation.clients(REGION) }));
  const context = createContext({ clock: simulation.clock, random: () => 0.5 });
  /** `link`: how the link is declared, instead of the subnets. */
  const specOf = (first: number, timeout?: string, link?: string) =>
    parseSpec(`version: 1
project: shop
spec: shop-7f3k2q
links:
  eu: { provider: aws, region: ${REGION}, ${link ?? `subnets: [${ids[first]}, ${ids[first + 1]}], securityGroups: [${GroupId}]`} }
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${ApiId} }
    targets: { t: { listener: { loadBalancer: orders, port: 80 } } }
    routes: { '${key}': ${timeout === undefined ? 't' : `{ target: t, timeout: ${timeout} }`} }
`);
  const planned = async (spec: Spec): Promise<Plan> =>
    diff(await observeSpec(spec, drivers, context, { all: true }), spec, { clouds: CLOUDS, all: true });
  const planOf = (first: number, timeout?: string): Promise<Plan> => planned(specOf(first, timeout));
  const applied = async (spec: Spec, options?: Options) => carriedOut(await planned(spec), spec, options);
  const carriedOut = async (
    plan: Plan,
    spec: Spec,
    { onEvent, ...options }: Options = {},
  ): Promise<readonly RunEvent[]> => {
    const events: RunEvent[] = [];
    const how = { judge: core.judge, spec, drivers, context, ignoreFindings: ['*'], ...options };
    for await (const event of apply(plan, how)) {
      events.push(event);
      onEvent?.(event);
    }
    return events;
  };
  return {
    simulation,
    host: `${ApiId}.execute-api.${REGION}.amazonaws.com`,
    planOf,
    /** Applies the spec with the link in the subnets `first` and the next one. */
    run: (first: number, options?: Options) => applied(specOf(first), options),
    applied,
    carriedOut,
    specOf,
    drivers,
    context,
    call,
    links: (): readonly string[] =>
      call('apigatewayv2', 'GetVpcLinks').Items.map(({ VpcLinkId }: Row) => VpcLinkId as string),
  };
}
