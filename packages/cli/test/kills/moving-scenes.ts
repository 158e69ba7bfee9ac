import { simulate, type SimulationServer } from '@postern/simulator';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { movingShop, SETTINGS } from '../../../simulator/test/moves/scene.js';
import { REGION as HANGZHOU } from '../../../simulator/test/traffic/alibaba/shop.js';

type Row = Readonly<Record<string, unknown>>;

/** A simulated cloud in which a gateway is to move, and what tells whether it has moved. */
export interface MovingScene {
  readonly server: SimulationServer;
  /** The gateway's host name, and the paths of its routes. */
  readonly host: string;
  readonly paths: readonly string[];
  /** The options that name the move. */
  readonly move: readonly string[];
  /** How long callers may use the old link after the switch, in seconds: the drain, and the time of a trial after its end. */
  readonly takesEffectSeconds: number;
  /** What a move may change: where the gateway is, rules of groups, blocks, integrations. */
  readonly state: () => unknown;
}

/** An API group on a conventional instance. The security group of its backends does not let the target in. */
export async function groupScene(): Promise<MovingScene> {
  const server = await simulate(SETTINGS).listen();
  const { groupId, to, serverGroup, host, state } = await movingShop(server.simulation);
  const move = ['--region', HANGZHOU, '--group', groupId, '--to', to, '--manage', serverGroup];
  return { server, host, paths: ['/orders/1', '/carts/1'], move, takesEffectSeconds: 600, state };
}

/** Two routes of an HTTP API over one integration, and a link whose security group the load balancer does not let in. */
export async function routesScene(): Promise<MovingScene> {
  const server = await simulate(SETTINGS).listen();
  const { simulation } = server;
  const routes = `{ 'GET /orders': t, 'GET /carts': t }`;
  const { ApiId, call, closed, host, links, linksOfRoutes, open, run, integrations } = await httpShop({
    routes,
    within: simulation,
  });
  await run(0, open);
  const [from = ''] = links();
  const { SubnetIds } = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from });
  const created = call('apigatewayv2', 'CreateVpcLink', { Name: 'other', SubnetIds, SecurityGroupIds: [closed] });
  const to: string = created.VpcLinkId;
  await simulation.advance(1_200_000);
  return {
    server,
    host,
    paths: ['/orders', '/carts'],
    move: ['--region', REGION, '--api', ApiId, '--from', from, '--to', to, '--manage', open],
    takesEffectSeconds: 30,
    state: () => ({
      on: linksOfRoutes(),
      integrations: integrations(),
      rules: call('ec2', 'DescribeSecurityGroupRules')
        .SecurityGroupRules.map((rule: Row) => JSON.stringify({ ...rule, SecurityGroupRuleId: undefined }))
        .toSorted(),
    }),
  };
}
