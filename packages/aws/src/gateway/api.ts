import { unlessGone, type CallContext, type Gateway, type GatewayIntegration } from '@postern/core/adapter';
import type { ApiOutput, IntegrationOutput, RouteOutput } from '../apis/api-gateway-api.js';
import { listDeployments, listStages, toStage } from './deployment.js';
import { listIntegrations, ownerOfIntegration } from './integration.js';
import { listAll } from '../client/list-all.js';
import { plain } from '../client/plain.js';
import { readUntil } from './listed.js';
import { isResourceId } from './resource-id.js';
import { integrationIdOf, listRoutes, toRoute } from './route.js';
import type { Session } from '../client/session.js';
import { API_GATEWAY_PAGE } from '../limits.js';

/** All HTTP and WebSocket APIs of the region. */
export function listApis(session: Session, ctx: CallContext): Promise<ApiOutput[]> {
  return listAll(session, ctx, 'APIs', {
    service: 'apigatewayv2',
    method: 'getApis',
    input: { MaxResults: API_GATEWAY_PAGE },
    member: 'Items',
    key: 'ApiId',
  });
}

/** One API, or `undefined`. */
function getApi(session: Session, apiId: string, ctx: CallContext): Promise<ApiOutput | undefined> {
  return unlessGone(
    session.send(ctx, 'apigatewayv2', 'GetApi', (api, options) => api.getApi({ ApiId: apiId }, options)),
  );
}

/**
 * An HTTP API with its stages, routes and integrations, or `undefined` where it does not exist. It needs
 * four list calls. A fifth, of deployments, is made only where a stage has no automatic deployment. A
 * WebSocket API is returned without its routes.
 */
export async function readApi(
  session: Session,
  apiId: string,
  project: string | undefined,
  ctx: CallContext,
  known?: ApiOutput,
): Promise<Gateway | undefined> {
  if (!isResourceId(apiId)) return undefined;
  if (known?.ProtocolType === 'WEBSOCKET') return toGateway(known, 'websocket-api');
  const [api, lists] = await Promise.all([
    known ?? getApi(session, apiId, ctx),
    unlessGone(
      Promise.all([
        listRoutes(session, apiId, ctx),
        listIntegrations(session, apiId, ctx),
        stagesOf(session, apiId, project, ctx),
      ]),
    ),
  ]);
  if (api === undefined || lists === undefined) return undefined;
  if (api.ProtocolType === 'WEBSOCKET') return toGateway(api, 'websocket-api');
  const [routes, listed, stages] = lists;
  const integrations = await withNamed(session, apiId, routes, listed, ctx);
  const byId = new Map(integrations.map((one) => [one.IntegrationId, one] as const));
  return {
    ...toGateway(api, 'http-api'),
    stages,
    routes: routes.map((route) => toRoute(apiId, route, byId.get(integrationIdOf(route)))),
    integrations: integrations.map((one) => toGatewayIntegration(apiId, one)),
  };
}

/** The integrations of an API, once all that its routes name are among them: a list may lag behind that of the routes. */
async function withNamed(
  session: Session,
  apiId: string,
  routes: readonly RouteOutput[],
  listed: readonly IntegrationOutput[],
  ctx: CallContext,
): Promise<readonly IntegrationOutput[]> {
  const named = routes.flatMap((route) => integrationIdOf(route) ?? []);
  const isWhole = (list: readonly IntegrationOutput[]): boolean => {
    const ids = new Set(list.map(({ IntegrationId }) => IntegrationId));
    return named.every((id) => ids.has(id));
  };
  return isWhole(listed) ? listed : readUntil(() => listIntegrations(session, apiId, ctx), isWhole, ctx);
}

async function stagesOf(session: Session, apiId: string, project: string | undefined, ctx: CallContext) {
  const stages = await listStages(session, apiId, ctx);
  const byHand = stages.some(({ AutoDeploy }) => AutoDeploy !== true);
  const deployments = byHand ? await listDeployments(session, apiId, ctx) : [];
  return stages.map((stage) => toStage(stage, deployments, project));
}

function toGateway(api: ApiOutput, kind: Gateway['kind']): Gateway {
  return {
    id: api.ApiId ?? '',
    name: api.Name ?? '',
    kind,
    stages: [],
    routes: [],
    tags: { ...api.Tags },
    raw: plain(api),
  };
}

function toGatewayIntegration(apiId: string, integration: IntegrationOutput): GatewayIntegration {
  const isPrivate = integration.ConnectionType === 'VPC_LINK';
  return {
    id: integration.IntegrationId ?? '',
    linkId: isPrivate ? integration.ConnectionId : undefined,
    targetId: isPrivate ? integration.IntegrationUri : undefined,
    owner: ownerOfIntegration(apiId, integration),
  };
}
