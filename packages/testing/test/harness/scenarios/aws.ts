import { aws } from '@postern/aws';
import { driversOf } from '@postern/core';
import { parseSpec } from '@postern/core/spec';
import type { ServiceName, Simulation } from '../../../src/index.js';
import type { Built, Edit, Scenario } from '../../../src/harness/index.js';

type Row = Readonly<Record<string, any>>;

const REGION = 'eu-west-1';

/** What specs name. */
export interface AwsShop {
  readonly subnets: readonly string[];
  readonly group: string;
  /** An HTTP API with a stage that deploys by itself, and one with a stage that does not. */
  readonly api: string;
  readonly manual: string;
}

/** Three subnets, two load balancers `orders` and `bills` with one server each, two HTTP APIs. */
export async function awsShop(simulation: Simulation): Promise<AwsShop> {
  const call = (service: ServiceName, operation: string, input: Row = {}): any =>
    simulation.call({ service, operation, region: REGION }, input);
  const elb = (operation: string, input: Row): any => call('elasticloadbalancingv2', operation, input);
  const rows: Row[] = call('ec2', 'DescribeSubnets').Subnets;
  const subnets = rows.map((row) => row['SubnetId'] as string);
  const [{ GroupId: group }] = call('ec2', 'DescribeSecurityGroups').SecurityGroups;
  for (const Name of ['orders', 'bills']) {
    const { PrivateIpAddress: Id } = call('ec2', 'CreateNetworkInterface', { SubnetId: subnets[0] }).NetworkInterface;
    const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
      Name,
      Protocol: 'HTTP',
      Port: 8080,
      VpcId: rows[0]?.['VpcId'],
      TargetType: 'ip',
      HealthCheckIntervalSeconds: 300,
      HealthCheckTimeoutSeconds: 60,
    }).TargetGroups;
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id }] });
    const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
      Name,
      Scheme: 'internal',
      Subnets: subnets,
      SecurityGroups: [group],
    }).LoadBalancers;
    const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
    elb('CreateListener', { LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions });
  }
  const api = (Name: string, AutoDeploy: boolean): string => {
    const { ApiId } = call('apigatewayv2', 'CreateApi', { Name, ProtocolType: 'HTTP' });
    call('apigatewayv2', 'CreateStage', { ApiId, StageName: '$default', AutoDeploy });
    // A foreign route, so that a deployment is possible at any time.
    const { IntegrationId } = call('apigatewayv2', 'CreateIntegration', {
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'GET',
      IntegrationUri: 'https://example.com/',
      PayloadFormatVersion: '1.0',
    });
    call('apigatewayv2', 'CreateRoute', { ApiId, RouteKey: 'GET /theirs', Target: `integrations/${IntegrationId}` });
    return ApiId as string;
  };
  const others = [subnets[0], subnets[2]]; // a copied mark does not match them
  call('apigatewayv2', 'CreateVpcLink', { Name: 'theirs', SubnetIds: others, SecurityGroupIds: [group] });
  const shop = { subnets, group: group as string, api: api('shop', true), manual: api('manual', false) };
  await simulation.advance(1_800_000);
  return shop;
}

/** Lines of a spec of the shop, after its first three. */
type Lines = (shop: AwsShop) => string;

const HEAD = 'version: 1\nproject: shop\nspec: shop-7f3k2q\n';

const link =
  (name: string, [a, b]: readonly [number, number], allow?: string): Lines =>
  ({ subnets, group }) =>
    `  ${name}: { provider: aws, region: ${REGION}, subnets: [${subnets[a]}, ${subnets[b]}], ${
      allow === undefined ? `securityGroups: [${group}]` : `allow: [${allow}]`
    } }\n`;

const integration =
  (
    name: string,
    on: string,
    routes: string,
    { target = name, gateway = 'api' }: { readonly target?: string; readonly gateway?: 'api' | 'manual' } = {},
  ): Lines =>
  (shop) =>
    `  ${name}:
    link: ${on}
    gateway: { httpApi: ${shop[gateway]} }
    targets: { t: { listener: { loadBalancer: ${target}, port: 80 } } }
    routes: { ${routes} }
`;

const spec =
  (links: readonly Lines[], integrations: readonly Lines[], more = ''): Lines =>
  (shop) =>
    `${HEAD}links:\n${links.map((line) => line(shop)).join('')}integrations:\n${integrations.map((line) => line(shop)).join('')}${more}`;

const [AB, BC] = [[0, 1] as const, [1, 2] as const];
const ORDERS = "'GET /orders': t";
const orders = integration('orders', 'eu', ORDERS);
const bills = integration('bills', 'eu', "'GET /bills': t");

/** The specs of each scenario, in the order in which they are applied. */
const SPECS: Readonly<Record<string, readonly Lines[]>> = {
  create: [spec([link('eu', AB)], [orders])],
  'add a route': [
    spec([link('eu', AB)], [orders]),
    spec([link('eu', AB)], [integration('orders', 'eu', `${ORDERS}, 'GET /orders/{id}': t`)]),
  ],
  'replace a link': [spec([link('eu', AB)], [orders]), spec([link('eu', BC)], [orders])],
  'change a target': [
    spec([link('eu', AB)], [orders]),
    spec([link('eu', AB)], [integration('orders', 'eu', ORDERS, { target: 'bills' })]),
  ],
  'two integrations': [spec([link('eu', AB)], [orders, bills])],
  'remove an integration': [spec([link('eu', AB)], [orders, bills]), spec([link('eu', AB)], [orders])],
  'leave one of two links': [
    spec([link('eu', AB), link('us', BC)], [orders, bills]),
    spec([link('eu', AB), link('us', BC)], [integration('orders', 'us', ORDERS), bills]),
  ],
  'manual deployment': [spec([link('eu', AB)], [integration('orders', 'eu', ORDERS, { gateway: 'manual' })])],
  'replace with a manual deployment': [
    spec([link('eu', AB)], [integration('orders', 'eu', ORDERS, { gateway: 'manual' })]),
    spec([link('eu', BC)], [integration('orders', 'eu', ORDERS, { gateway: 'manual' })]),
  ],
  'rename an integration': [
    spec([link('eu', AB)], [orders]),
    spec(
      [link('eu', AB)],
      [integration('sales', 'eu', ORDERS, { target: 'orders' })],
      'moved: [{ from: integrations.orders, to: integrations.sales }]\n',
    ),
  ],
};

/** Changes outside of Postern that a trial may make while a run is in progress. */
function editsOf({ api }: AwsShop): Readonly<Record<string, Edit>> {
  const http =
    (simulation: Simulation) =>
    (operation: string, input: Row = {}): any =>
      simulation.call({ service: 'apigatewayv2', operation, region: REGION }, input);
  const own = (simulation: Simulation): Row =>
    http(simulation)('GetVpcLinks').Items.find((one: Row) => one['Tags']?.['postern:project'] !== undefined);
  const route = (simulation: Simulation): Row =>
    http(simulation)('GetRoutes', { ApiId: api }).Items.find((one: Row) => one['RouteKey'] !== 'GET /theirs');
  const arn = (id: string): string => `arn:aws:apigateway:${REGION}::/vpclinks/${id}`;
  return {
    'delete-link': {
      breaks: true,
      make: (sim) => http(sim)('DeleteVpcLink', { VpcLinkId: own(sim)['VpcLinkId'] }),
    },
    'delete-route': {
      breaks: true,
      make: (sim) => http(sim)('DeleteRoute', { ApiId: api, RouteId: route(sim)['RouteId'] }),
    },
    'repoint-route': {
      breaks: true,
      stops: true,
      make: (sim) => {
        const theirs = http(sim)('GetRoutes', { ApiId: api }).Items.find(
          (one: Row) => one['RouteKey'] === 'GET /theirs',
        );
        http(sim)('UpdateRoute', { ApiId: api, RouteId: route(sim)['RouteId'], Target: theirs.Target });
      },
    },
    'unmark-link': {
      stops: true,
      make: (sim) => {
        const { VpcLinkId, Tags } = own(sim);
        http(sim)('UntagResource', { ResourceArn: arn(VpcLinkId), TagKeys: Object.keys(Tags) });
      },
    },
    'forge-mark': {
      make: (sim) => {
        const { VpcLinkId } = http(sim)('GetVpcLinks').Items.find((one: Row) => one['Name'] === 'theirs');
        http(sim)('TagResource', { ResourceArn: arn(VpcLinkId), Tags: own(sim)['Tags'] });
      },
    },
  };
}

/** Scenarios of AWS, by name. */
export const AWS_SCENARIOS: readonly Scenario[] = Object.entries(SPECS).map(([name, specs]): Scenario => ({
  name: `aws: ${name}`,
  settings: { seed: 7, throttle: false },
  build: async (simulation): Promise<Built> => {
    const shop = await awsShop(simulation);
    return { specs: specs.map((lines) => parseSpec(lines(shop))), edits: editsOf(shop) };
  },
  drivers: (process) => driversOf(aws({ region: REGION, clients: process.clients(REGION) })),
}));
