import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Snapshot } from '@postern/core/internal/library';
import type { ServiceName, SimulateOptions, SimulationServer } from '@postern/simulator/internal/simulation';
import { recordedPlans } from '../plans/recorded/recorded.js';
import { alibabaNetwork, alibabaSpec } from '../alibaba/alibaba-network.js';
import { manyRoutes, shop } from '../apply/shop-account.js';
import { onAlibaba, onAws } from '../apply/three-integrations.js';
import { startWeighing } from '../../../simulator/test/aws/weighing-service.js';
import { routeShop } from '../../../simulator/test/shifts/route-shop.js';
import { cloud, network, run, specOf } from '../run-command.js';
import { OWN_CLOUD } from '../spec/copy-of-own-cloud.js';

/** What a story begins with: a simulated cloud, and files in its folder. */
type World = (folder: string, options: SimulateOptions) => Promise<SimulationServer>;

/** A world with a spec of what a function makes in it. */
const written =
  (textOf: (server: SimulationServer) => string | Promise<string>, more: SimulateOptions = {}): World =>
  async (folder, options) => {
    const server = await cloud({ ...more, ...options });
    writeFileSync(path.join(folder, 'postern.yaml'), await textOf(server));
    return server;
  };

/** The same, applied. */
const applied =
  (world: World): World =>
  async (folder, options) => {
    const server = await world(folder, options);
    const how = { cwd: folder, env: { POSTERN_SIMULATOR: server.url } };
    const { status, err } = await run(['apply', '--yes', '--allow-purchase'], how);
    if (status !== 0) throw new Error(err);
    return server;
  };

/** The maps `links` and `integrations` of two specs in one. */
function joined(one: string, other: string): string {
  const [head = '', links = '', integrations = ''] = one.split(/^(?:links|integrations):\n/m);
  const [, otherLinks = '', otherIntegrations = ''] = other
    .replace(/^ {2}orders:$/m, '  bills:')
    .split(/^(?:links|integrations):\n/m);
  return `${head}links:\n${links}${otherLinks}integrations:\n${integrations}${otherIntegrations}`;
}

/** The shop, applied; and `green`, a target group with a target that no listener uses. */
const withGreen: World = async (folder, options) => {
  const server = await applied(written(() => route, { from: shop('healthy') }))(folder, options);
  const elb = (operation: string, input: Readonly<Record<string, unknown>>) =>
    server.simulation.call({ service: 'elasticloadbalancingv2', operation, region: 'eu-west-1' }, input);
  const { TargetGroups } = elb('DescribeTargetGroups', {}) as { TargetGroups: { VpcId: string }[] };
  const group = { Name: 'green', Protocol: 'HTTP', Port: 8080, VpcId: TargetGroups[0]?.VpcId, TargetType: 'ip' };
  const created = elb('CreateTargetGroup', group) as { TargetGroups: { TargetGroupArn: string }[] };
  elb('RegisterTargets', { TargetGroupArn: created.TargetGroups[0]?.TargetGroupArn, Targets: [{ Id: '10.20.1.10' }] });
  return server;
};

/** The deployments of an ECS service shift calls between `orders` and `green`, by the default action. It wants no tasks. */
const withService: World = async (folder, options) => {
  const server = await withGreen(folder, options);
  startWeighing(
    (service, operation, input) =>
      server.simulation.call({ service, operation, region: 'eu-west-1' }, input as never) as object,
    'CANARY',
  );
  await server.simulation.advance(60_000);
  return server;
};

/** `green` has all calls and `orders` no target any more; in a plan of Terraform the listener gives `orders` all of them again. */
const weightsPutBack: World = async (folder, options) => {
  const server = await withService(folder, options);
  const elb = (operation: string, input: object = {}) =>
    server.simulation.call({ service: 'elasticloadbalancingv2', operation, region: 'eu-west-1' }, input as never) as {
      readonly [list: string]: readonly Row[];
    };
  const [{ LoadBalancerArn } = {}] = elb('DescribeLoadBalancers')['LoadBalancers'] ?? [];
  const [{ ListenerArn } = {}] = elb('DescribeListeners', { LoadBalancerArn })['Listeners'] ?? [];
  const groups = (elb('DescribeTargetGroups')['TargetGroups'] ?? []).map(({ TargetGroupArn = '' }) => TargetGroupArn);
  const TargetGroups = groups.map((TargetGroupArn, at) => ({ TargetGroupArn, Weight: at * 100 }));
  elb('ModifyListener', { ListenerArn, DefaultActions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] });
  const [orders] = groups;
  const Targets = (elb('DescribeTargetHealth', { TargetGroupArn: orders })['TargetHealthDescriptions'] ?? []).map(
    ({ Target }) => Target,
  );
  elb('DeregisterTargets', { TargetGroupArn: orders, Targets });
  await server.simulation.advance(600_000);
  const of = (...weights: readonly number[]) => ({
    arn: ListenerArn,
    id: ListenerArn,
    load_balancer_arn: LoadBalancerArn,
    port: 80,
    protocol: 'HTTP',
    default_action: [
      { type: 'forward', forward: [{ target_group: groups.map((arn, at) => ({ arn, weight: weights[at] })) }] },
    ],
  });
  const change = { actions: ['update'], before: of(0, 100), after: of(100, 0), after_unknown: {} };
  const listener = { address: 'aws_lb_listener.http', mode: 'managed', type: 'aws_lb_listener', name: 'http', change };
  writeFileSync(
    path.join(folder, 'plan.json'),
    JSON.stringify({ format_version: '1.2', resource_changes: [listener] }),
  );
  return server;
};

/** The account of a snapshot in docs/tutorial; its servers answer on port 8080. */
const existing =
  (name: string, servers: readonly string[], changed = (text: string): string => text): World =>
  async (_, options) => {
    const text = readFileSync(new URL(`../../../../docs/tutorial/${name}.json`, import.meta.url), 'utf8');
    const server = await cloud({ from: JSON.parse(changed(text)) as Snapshot, ...options });
    for (const address of servers)
      server.simulation.backends.add({ address, port: 8080, behavior: { status: 200, body: 'ok' } });
    return server;
  };

/** With one of its two routes. */
const existingAws: World = async (folder, options) => {
  const server = await existing('existing-aws', ['10.20.1.10', '10.20.2.10'])(folder, options);
  const gateway = { service: 'apigatewayv2', region: 'eu-west-1' } as const;
  server.simulation.call({ ...gateway, operation: 'DeleteRoute' }, { ApiId: 'uwq694pz5j', RouteId: 'n6m05xb' });
  return server;
};

/** A gateway of Cloud-native API Gateway with routes to one of two services, and a Nacos instance that is a source of it. */
const apigRoutes: World = async (_, options) => {
  const server = await cloud({ dataPathDelay: 0, ...options });
  const { gatewayId, post } = await routeShop(server.simulation);
  const instanceId = 'mse-cn-a1b2c3d4';
  const plant = (planted: Parameters<typeof server.simulation.plant>[1]) =>
    server.simulation.plant('cn-hangzhou', planted);
  plant({ kind: 'nacos-instance', instanceId, is: 'running' });
  plant({ kind: 'nacos-service', instanceId, group: 'DEFAULT_GROUP', service: 'bills', instances: '10.0.1.200:8080' });
  await post('/v1/sources', { gatewayId, type: 'MSE_NACOS', nacosSourceConfig: { instanceId } });
  return server;
};

/** With an API for all callers: those of the snapshot want a signature. */
const existingAlibaba: World = async (folder, options) => {
  const server = await existing('existing-alibaba', ['10.30.1.10'])(folder, options);
  const GroupId = 'ad8a212d9aae13cc7fa0f0be7e6601a3';
  const call = (action: string, input: object) =>
    server.simulation.callAlibaba({ product: 'CloudAPI', action, region: 'cn-hangzhou' }, { GroupId, ...input });
  const request = {
    RequestProtocol: 'HTTP,HTTPS',
    RequestHttpMethod: 'GET',
    RequestPath: '/orders',
    RequestMode: 'PASSTHROUGH',
  };
  const service = { ServiceProtocol: 'HTTP', ServicePath: '/orders', ServiceHttpMethod: 'GET', ServiceTimeout: 5000 };
  const access = { ServiceVpcEnable: 'TRUE', VpcConfig: { Name: 'orders', VpcScheme: 'http' } };
  const ApiId = 'a9cf03c7cf20c93613701f0e282f9244';
  call('ModifyApi', {
    ApiId,
    ApiName: 'orders',
    Visibility: 'PUBLIC',
    AuthType: 'ANONYMOUS',
    RequestConfig: JSON.stringify(request),
    ServiceConfig: JSON.stringify({ ...service, ...access }),
  });
  call('DeployApi', { ApiId, StageName: 'RELEASE', Description: 'for all callers' });
  await server.simulation.advance(600_000);
  return server;
};

/** A plan of Terraform, plan.json, over the account that it is of. */
const planned =
  (name: string): World =>
  async (folder, options) => {
    const plan = recordedPlans().find((one) => one.name.endsWith(`: ${name}`));
    if (plan === undefined) throw new Error(`no recorded plan ${name}`);
    writeFileSync(path.join(folder, 'plan.json'), plan.text);
    return cloud({ from: plan.base, ...options });
  };

type Row = Record<string, string | undefined>;

/** A network load balancer in front of the servers, in the place of the application load balancer. */
function networkBalancer(elb: (operation: string, input?: object) => Record<string, Row[]> & Row): string {
  const [alb] = elb('DescribeLoadBalancers')['LoadBalancers'] ?? [];
  const zones = (alb as unknown as { AvailabilityZones: Row[] }).AvailabilityZones;
  const balancer = {
    Name: 'orders-nlb',
    Type: 'network',
    Scheme: 'internal',
    Subnets: zones.map((zone) => zone['SubnetId']),
    SecurityGroups: (alb as unknown as { SecurityGroups: string[] }).SecurityGroups,
  };
  const [nlb] = elb('CreateLoadBalancer', balancer)['LoadBalancers'] ?? [];
  const LoadBalancerArn = nlb?.['LoadBalancerArn'] ?? '';
  const open = { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off' };
  elb('SetSecurityGroups', { LoadBalancerArn, SecurityGroups: balancer.SecurityGroups, ...open });
  const group = { Name: 'orders-tcp', Protocol: 'TCP', Port: 8080, VpcId: alb?.['VpcId'], TargetType: 'ip' };
  const TargetGroupArn = elb('CreateTargetGroup', group)['TargetGroups']?.[0]?.['TargetGroupArn'];
  elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: '10.20.1.10' }, { Id: '10.20.2.10' }] });
  elb('CreateListener', {
    LoadBalancerArn,
    Protocol: 'TCP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  return LoadBalancerArn;
}

/**
 * The shop, applied, whose load balancer forwards to an endpoint, for a service of another account; and the snapshot of that account, which
 * has the same networks.
 */
const twoAccounts: World = async (folder, options) => {
  const from = JSON.stringify(shop('healthy')).replaceAll('111122223333', '444455556666');
  const other = await cloud({ from: JSON.parse(from) as Snapshot });
  const of = ({ simulation }: SimulationServer) => {
    const at =
      (service: ServiceName) =>
      (operation: string, input: object = {}) =>
        simulation.call({ service, operation, region: 'eu-west-1' }, { ...input }) as any;
    return { ec2: at('ec2'), elb: at('elasticloadbalancingv2') };
  };
  const NetworkLoadBalancerArns = [networkBalancer(of(other).elb)];
  await other.simulation.advance(600_000);
  const service = of(other).ec2('CreateVpcEndpointServiceConfiguration', { NetworkLoadBalancerArns });
  const how = { cwd: folder, env: { POSTERN_SIMULATOR: other.url } };
  await run(['snapshot', '--region', 'eu-west-1', '-o', 'other-account.json'], how);
  const server = await applied(written(() => route, { from: shop('healthy') }))(folder, options);
  const { ec2, elb } = of(server);
  const [{ LoadBalancerArn, VpcId, AvailabilityZones, SecurityGroups }] = elb('DescribeLoadBalancers').LoadBalancers;
  const { GroupId } = ec2('CreateSecurityGroup', { VpcId, GroupName: 'endpoint', Description: 'endpoint' });
  const UserIdGroupPairs = [{ GroupId: SecurityGroups[0] }];
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs }];
  ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
  const { NetworkInterfaceIds } = ec2('CreateVpcEndpoint', {
    VpcEndpointType: 'Interface',
    VpcId,
    ServiceName: service.ServiceConfiguration.ServiceName,
    SubnetIds: AvailabilityZones.map((zone: Row) => zone['SubnetId']),
    SecurityGroupIds: [GroupId],
  }).VpcEndpoint;
  const group = { Name: 'endpoint', Protocol: 'HTTP', Port: 80, VpcId, TargetType: 'ip' };
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', group).TargetGroups;
  const interfaces: Row[] = ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds }).NetworkInterfaces;
  elb('RegisterTargets', { TargetGroupArn, Targets: interfaces.map((one) => ({ Id: one['PrivateIpAddress'] })) });
  const [{ ListenerArn }] = elb('DescribeListeners', { LoadBalancerArn }).Listeners;
  elb('ModifyListener', { ListenerArn, DefaultActions: [{ Type: 'forward', TargetGroupArn }] });
  await server.simulation.advance(600_000);
  return server;
};

/** The account of AWS with a REST API `store`, stage `prod`, in place of the HTTP API: over the link to the ALB, or by a link V1 over an NLB. */
const withRestApi =
  (version: 'V1' | 'V2'): World =>
  async (folder, options) => {
    const server = await existingAws(folder, options);
    const call = (service: ServiceName, operation: string, input: object = {}) =>
      server.simulation.call({ service, operation, region: 'eu-west-1' }, { ...input }) as Record<string, Row[]> & Row;
    const rest = (operation: string, input: object) => call('apigateway', operation, input);
    const elb = (operation: string, input: object = {}) => call('elasticloadbalancingv2', operation, input);
    const [api] = call('apigatewayv2', 'GetApis')['Items'] ?? [];
    call('apigatewayv2', 'DeleteApi', { ApiId: api?.['ApiId'] });
    const [alb] = elb('DescribeLoadBalancers')['LoadBalancers'] ?? [];
    let connection: object = { connectionId: 'ulm0hj', integrationTarget: alb?.['LoadBalancerArn'] };
    if (version === 'V1') {
      call('apigatewayv2', 'DeleteVpcLink', { VpcLinkId: 'ulm0hj' });
      const LoadBalancerArn = networkBalancer(elb);
      await server.simulation.advance(600_000);
      connection = { connectionId: rest('CreateVpcLink', { name: 'orders', targetArns: [LoadBalancerArn] })['id'] };
      await server.simulation.advance(600_000);
    }
    const { id: restApiId, rootResourceId: parentId } = rest('CreateRestApi', { name: 'store' });
    const resource = rest('CreateResource', { restApiId, parentId, pathPart: 'health' });
    const method = { restApiId, resourceId: resource['id'], httpMethod: 'GET' };
    rest('PutMethod', { ...method, authorizationType: 'NONE' });
    const uri = 'http://orders.shop.internal/health';
    const integration = { type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri, connectionType: 'VPC_LINK' };
    rest('PutIntegration', { ...method, ...integration, ...connection });
    rest('CreateDeployment', { restApiId, stageName: 'prod' });
    await server.simulation.advance(600_000);
    return server;
  };

const orders = written(async (server) => specOf(await network(server)));
const alibaba = written(async (server) => alibabaSpec(await alibabaNetwork(server)));
const route = manyRoutes({ links: 1, routes: 1 }).replace("'GET /0/r0'", "'ANY /orders/{proxy+}'");

/** The worlds, by the name that `world NAME` of a transcript has. */
export const WORLDS: Readonly<Record<string, World>> = {
  /** A cloud with nothing but what an account begins with. */
  empty: (_, options) => cloud(options),
  /** On AWS: a VPC, two subnets, a load balancer on port 80, an HTTP API; and the spec of a link and a route. */
  orders,
  'orders-applied': applied(orders),
  'two-accounts': twoAccounts,
  /** The account of the tutorial, whose backend answers, and a spec of one route. */
  shop: written(() => route, { from: shop('healthy') }),
  'shop-green': withGreen,
  'shop-service': withService,
  'weights-put-back': weightsPutBack,
  /** The accounts of docs/adopt.md: what exists was created by hand, and the folder is empty. */
  'existing-aws': existingAws,
  'existing-rest': withRestApi('V2'),
  'existing-rest-v1': withRestApi('V1'),
  'existing-alibaba': existingAlibaba,
  'existing-apig': apigRoutes,
  'two-instances': existing('two-instances', ['10.30.1.10']),
  /** With subnets that another account shares. */
  'shared-subnets': existing('existing-aws', [], (text) =>
    text.replaceAll(/"account": "111122223333"(?=,\s+"cidrBlock")/g, '"account": "444455556666"'),
  ),
  'plan-replaces-link': planned('link-other-group'),
  /** The same with two links, and a route of each. */
  'shop-two-links': written(() => manyRoutes({ links: 2, routes: 1 }), { from: shop('healthy') }),
  'shop-unhealthy': written(() => manyRoutes({ links: 1, routes: 2 }), { from: shop('unhealthy') }),
  /** Forty links with a route each. */
  'shop-forty-links': written(() => manyRoutes({ links: 40, routes: 1 }), { from: shop('healthy') }),
  /** A link and a route on both clouds, in one spec. */
  'two-clouds': written(async (server) =>
    joined(specOf(await network(server)), alibabaSpec(await alibabaNetwork(server))),
  ),
  /** Three integrations with three routes each. */
  'three-integrations': written(onAws),
  'three-integrations-alibaba': written(onAlibaba),
  /** On Alibaba Cloud: a VPC, vSwitches, a CLB instance on ports 80 and 8080, an API group; and such a spec. */
  alibaba,
  'alibaba-applied': applied(alibaba),
  /** The example of a cloud that a program brings. */
  tunnel: async (folder, options) => {
    cpSync(OWN_CLOUD, folder, { recursive: true, filter: (file) => !file.endsWith('.json') });
    return cloud(options);
  },
};
