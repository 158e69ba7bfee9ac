import { deployMark } from '../../../src/do/world/routes/deploy-mark.js';
import type { DeployedRoute } from '../../../src/do/world/routes/route-input.js';
import { ACCESS_LOG, BALANCER, LISTENER } from './aws-region.js';
import { useOldLink } from './target/backends.js';
import { awsWorld, changed, type World } from './world.js';

/** The mark of a deployment of the world's one route, and of others that differ in their key, as the planner would write it. */
export function markOf({ spec, integration }: World, more: Partial<DeployedRoute> = {}, ...others: string[]): string {
  const [key = ''] = Object.keys(integration.routes);
  const route: DeployedRoute = {
    link: 'eu',
    linkId: 'vlink-1',
    key,
    targetId: LISTENER,
    serverName: 'orders.internal',
    path: 'overwrite',
    settings: integration.settings?.[key],
    ...more,
  };
  return deployMark(spec, [route, ...others.map((other) => ({ ...route, key: other }))]);
}

/** The API becomes a REST API whose route is managed by the project, and deployed to the stage that the spec names. */
export function useRestApi(world: World): void {
  const { the, integration, spec } = world;
  const api = the('gateways', 'api-1');
  integration.gateway = { restApi: 'api-1', stage: 'prod' };
  Object.assign(api, {
    kind: 'rest-api',
    integrations: undefined,
    stages: [
      {
        name: 'prod',
        autoDeploy: false,
        deploymentId: 'd-1',
        deployed: markOf(world),
        accessLog: ACCESS_LOG,
        cache: {},
        throttle: {},
        throttles: [],
      },
    ],
  });
  const owner = { project: spec.project, spec: spec.spec, integration: 'orders' };
  for (const route of api.routes) {
    const { key } = route;
    Object.assign(route, {
      id: `r1/${key.split(' ')[0] ?? ''}`,
      integrationId: undefined,
      owner,
      authorization: 'AWS_IAM',
    });
  }
}

/** The API becomes a WebSocket API with the route `orders`, whose callers authenticate at `$connect`. */
export function useWebSocketApi(world: World): void {
  const { the, integration } = world;
  integration.gateway = { webSocketApi: 'api-1' };
  integration.routes = { orders: 'orders' };
  const api = the('gateways', 'api-1');
  const [route] = api.routes;
  if (route === undefined) throw new Error('no route');
  Object.assign(route, { key: 'orders', open: true, authorization: 'NONE' });
  const connect = { ...structuredClone(route), id: 'route-c', key: '$connect', open: false, authorization: 'AWS_IAM' };
  delete connect.linkId;
  delete connect.targetId;
  delete connect.tls;
  Object.assign(api, {
    kind: 'websocket-api',
    stages: [{ name: 'prod', autoDeploy: true, accessLog: ACCESS_LOG, throttle: {}, throttles: [] }],
    routes: [route, connect],
  });
}

/** The link becomes a VPC link V1 to the load balancer of the world, an NLB that does not enforce its groups for it. */
export function useLinkV1(world: World): void {
  const { the, region, linkSpec } = world;
  useOldLink(world);
  linkSpec.kind = 'vpc-link-v1';
  Object.assign(the('links', 'vlink-1'), { loadBalancerIds: [BALANCER], networkId: undefined });
  Object.assign(the('loadBalancers', BALANCER), { privateLinkEnforced: false });
  region.allowlists = [];
  region.egress = [];
  region.interfaces = region.interfaces.filter(({ linkId }) => linkId === undefined);
  region.quotas = { 'vpc-links': 10, 'vpc-links-v1': 20 };
}

/** The link is declared with its load balancer, and does not exist yet. */
export function useNewLinkV1({ region, linkSpec, the }: World): void {
  delete linkSpec.id;
  Object.assign(linkSpec, { kind: 'vpc-link-v1', loadBalancer: the('loadBalancers', BALANCER).name });
  region.links = region.links.filter(({ id }) => id !== 'vlink-1');
  for (const api of region.gateways) api.routes = [];
}

/** Stages of managed routes serve them as they are, unless a test says what they serve, or that it was not read. */
function serveRoutes({ region, integration }: World): void {
  if (integration.owner === 'external') return;
  for (const { stages, routes } of region.gateways) {
    for (const stage of stages) {
      if (!stage.autoDeploy && !('served' in stage))
        Object.assign(stage, {
          served: { routes: routes.map(({ owner: _owner, ...route }) => structuredClone(route)) },
        });
    }
  }
}

/** A REST API, a VPC link V2, and the ALB. */
export const restWorld = (change?: (world: World) => void): World =>
  awsWorld((world) => {
    useRestApi(world);
    change?.(world);
    serveRoutes(world);
  });

/** A REST API, a VPC link V1, and an NLB. */
export const restV1World = (change?: (world: World) => void): World =>
  awsWorld((world) => {
    useLinkV1(world);
    useRestApi(world);
    change?.(world);
    serveRoutes(world);
  });

/** A REST API and an NLB; the VPC link V1 is to be created. */
export const newV1World = (change?: (world: World) => void): World =>
  restV1World((world) => {
    useNewLinkV1(world);
    change?.(world);
  });

/** A WebSocket API, a VPC link V1, and an NLB. */
export const webSocketWorld = (change?: (world: World) => void): World =>
  awsWorld((world) => {
    useLinkV1(world);
    useWebSocketApi(world);
    change?.(world);
  });

/** Worlds with a REST API or a WebSocket API, for rows of tables. */
export const rest = changed(restWorld);
export const restV1 = changed(restV1World);
export const webSocket = changed(webSocketWorld);
