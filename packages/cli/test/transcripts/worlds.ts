import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SimulateOptions, SimulationServer } from '@postern/simulator';
import { alibabaNetwork, alibabaSpec } from '../alibaba/alibaba-network.js';
import { manyRoutes, shop } from '../apply/shop-account.js';
import { onAlibaba, onAws } from '../apply/three-integrations.js';
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

const identified = (text: string): string => text.replace('project: shop\n', 'project: shop\nspec: shop-7f3k2q\n');
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

const orders = written(async (server) => specOf(await network(server)));
const withIdentity = written(async (server) => identified(specOf(await network(server))));
const alibaba = written(async (server) => alibabaSpec(await alibabaNetwork(server)));
const route = manyRoutes({ links: 1, routes: 1 }).replace("'GET /0/r0'", "'ANY /orders/{proxy+}'");

/** The worlds, by the name that `world NAME` of a transcript has. */
export const WORLDS: Readonly<Record<string, World>> = {
  /** A cloud with nothing but what an account begins with. */
  empty: (_, options) => cloud(options),
  /** On AWS: a VPC, two subnets, a load balancer on port 80, an HTTP API; and the spec of a link and a route. */
  orders,
  'orders-applied': applied(orders),
  /** The same with an identity in the spec. */
  'orders-identified': applied(withIdentity),
  /** The account of the tutorial, whose backend answers, and a spec of one route. */
  shop: written(() => route, { from: shop('healthy') }),
  'shop-green': withGreen,
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
