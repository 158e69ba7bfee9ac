import { aws } from '@postern/aws';
import type { MoveRequest, RunMoveOptions } from '@postern/core/internal/moves';
import { REGION } from '../../../../aws/test/world/simulated.js';
import { httpShop } from '../../../../aws/test/world/http-shop.js';
import type { BuiltMove, MoveCommand, MoveScenario } from '../../../src/internal/harness.js';
import type { SimulateOptions, Simulation } from '@postern/simulator';
import { httpEdits } from './aws-edits.js';
import { ABORT, FINISH, ROLLBACK, RUN, STOPPED, STOPPED_EARLY } from './commands.js';
import { STAGE_MOVES } from './rest-apis/stage-moves.js';

const SETTINGS: SimulateOptions = { seed: 7, throttle: false };
/** A change of a route takes effect within seconds. */
const HTTP_RUN: RunMoveOptions = { pauseMs: 5_000, drainMs: 15_000 };

/** How a scenario of an HTTP API differs. */
interface HttpOptions {
  readonly commands: readonly MoveCommand[];
  /** Integrations made by hand, beside the one of the spec. */
  readonly more?: number;
  readonly route?: string;
  readonly routes?: string;
  readonly autoDeploy?: boolean;
  /** Whether the load balancer does not allow inbound traffic of the new link yet. */
  readonly closed?: boolean;
  readonly quota?: number;
  readonly run?: RunMoveOptions;
}

function http(name: string, options: HttpOptions): MoveScenario {
  const settings = options.quota === undefined ? SETTINGS : { ...SETTINGS, quotas: quotaOf(options.quota) };
  return {
    name: `aws move: ${name}`,
    settings,
    build: (simulation) => buildHttp(simulation, settings, options),
    driver: (process) => aws({ region: REGION, clients: process.clients(REGION) }),
  };
}

const quotaOf = (quota: number) => ({ 'integrations-per-api': quota });

async function buildHttp(simulation: Simulation, settings: SimulateOptions, options: HttpOptions): Promise<BuiltMove> {
  const { commands, more = 0, route, routes = `{ 'GET /orders': t, 'GET /carts': t }`, autoDeploy, closed } = options;
  const shop = await httpShop({ routes, settings, ...(autoDeploy === undefined ? {} : { autoDeploy }) });
  await shop.run(0, shop.open);
  const [from = ''] = shop.links();
  const api = (operation: string, input: object = {}): any =>
    shop.call('apigatewayv2', operation, { ApiId: shop.ApiId, ...input });
  const SubnetIds = api('GetVpcLink', { VpcLinkId: from }).SubnetIds;
  const groups = [closed === true ? shop.closed : shop.open];
  const to: string = api('CreateVpcLink', { Name: 'other', SubnetIds, SecurityGroupIds: groups }).VpcLinkId;
  const [{ IntegrationUri }] = api('GetIntegrations').Items;
  for (let at = 0; at < more; at += 1) {
    const by = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', PayloadFormatVersion: '1.0' };
    const over = { ConnectionType: 'VPC_LINK', ConnectionId: from, IntegrationUri };
    const { IntegrationId } = api('CreateIntegration', { ...by, ...over, Description: `by hand ${at}` });
    api('CreateRoute', { RouteKey: `GET /more${at}`, Target: `integrations/${IntegrationId}` });
  }
  if (autoDeploy === false && more > 0) api('CreateDeployment', { StageName: '$default' });
  await shop.simulation.advance(900_000);
  simulation.load(shop.simulation.world());
  const request: MoveRequest = { api: shop.ApiId, from, to, ...(route === undefined ? {} : { route }) };
  const at = { gatewayId: shop.ApiId, host: shop.host, method: 'GET' };
  return {
    place: { provider: 'aws', region: REGION },
    request,
    plan: {
      ...(closed === true ? { manage: [shop.open] } : {}),
      // A temporary route is called on a stage that deploys by itself, and needs room for an integration of its own.
      ...(options.autoDeploy === false || options.quota !== undefined ? { accept: [{ check: 'migrate/probe' }] } : {}),
    },
    settlesMs: 60_000,
    run: { ...HTTP_RUN, ...options.run },
    commands: commands.map((one) =>
      one.does === 'turn' ? { ...one, request: { api: shop.ApiId, from: to, to: from } } : one,
    ),
    routes: shop.keys().map((key) => ({ ...at, route: key, path: key.replace('GET ', '') })),
    edits: httpEdits({ apiId: shop.ApiId, groupId: shop.open, from }),
  };
}

const ONE = `{ 'GET /orders': t }`;

/** Moves of AWS, by name. */
export const AWS_MOVES: readonly MoveScenario[] = [
  http('one route', { commands: [RUN, FINISH], routes: ONE }),
  http('two routes of one integration', { commands: [RUN, FINISH], closed: true }),
  http('a canary, then a batch', { commands: [RUN, FINISH], more: 3, run: { batch: 2 } }),
  http('one route of a shared integration', { commands: [RUN, FINISH], route: 'GET /carts' }),
  http('manual deployment', { commands: [RUN, FINISH], autoDeploy: false, more: 1 }),
  http('rollback after the switch', { commands: [RUN, ROLLBACK], closed: true, more: 1 }),
  http('rollback with manual deployment', { commands: [RUN, ROLLBACK], autoDeploy: false }),
  http('rollback after the drain', { commands: [RUN, { does: 'rollback', afterMs: 60_000 }], more: 1 }),
  http('abort, finish', { commands: [STOPPED, ABORT, FINISH], more: 1, run: { batch: 1 } }),
  http('abort, rollback', { commands: [STOPPED, ABORT, ROLLBACK], more: 2, run: { batch: 1 }, closed: true }),
  http('abort before the switch', {
    commands: [STOPPED_EARLY, { does: 'abort', ends: 'rolled-back' }],
    closed: true,
  }),
  http('a full quota of integrations', { commands: [RUN, ROLLBACK, RUN, FINISH], quota: 1 }),
  http('there and back', {
    commands: [
      RUN,
      FINISH,
      { does: 'turn', request: { restApi: '', stage: '', to: '', targetBalancer: '' } },
      RUN,
      FINISH,
    ],
    closed: true,
  }),
  ...STAGE_MOVES,
];
