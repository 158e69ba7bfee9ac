import type { CallContext, Gateway, GatewayIntegration, Stage } from '@postern/core/internal/library';
import { defined, unlessGone } from '@postern/core/internal/adapter';
import type { ApiOutput, IntegrationOutput, RouteOutput } from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import { plain, type Session } from '../client/session.js';
import { backendOf, type BackendPort, type Backends, onStages, isResourceId } from '../gateways/integration-target.js';
import { listDeployments, listStages, toStage } from './deployment.js';
import { HTTP_PROTOCOL, type ApiProtocol } from './protocol.js';
import { otherNames, ownerOfIntegration } from './integration-marks.js';
import {
  isPrivate,
  linksAndTargetsOf,
  type Surroundings,
  integrationIdOf,
  routesAndIntegrations,
  toRoute,
} from './read-route.js';
import { doubleIntegrations, toThrottles } from './stage-settings.js';
import { WEB_SOCKET_PROTOCOL } from './web-socket-protocol.js';

/** All HTTP and WebSocket APIs of the region. */
export function listApis(session: Session, ctx: CallContext): Promise<ApiOutput[]> {
  return listAll(session, ctx, 'APIs', 'apigatewayv2', 'GetApis');
}

/** An HTTP or WebSocket API as it was read. Where the integrations of a WebSocket API lead is known only with links and listeners. */
export interface ApiRead {
  readonly api: ApiOutput;
  readonly protocol: ApiProtocol;
  readonly stages: readonly Stage[];
  readonly routes: readonly RouteOutput[];
  readonly integrations: readonly IntegrationOutput[];
}

/**
 * An HTTP or WebSocket API with its stages, routes and integrations, or `undefined` where it does not exist. It
 * needs four list calls. A fifth, of deployments, is made only where a stage has no automatic deployment.
 */
export async function readApi(
  session: Session,
  apiId: string,
  project: string | undefined,
  ctx: CallContext,
  known?: ApiOutput,
): Promise<ApiRead | undefined> {
  if (!isResourceId(apiId)) return undefined;

  const [api, lists] = await Promise.all([
    known ?? unlessGone(session.call(ctx, 'apigatewayv2', 'GetApi', { ApiId: apiId })),
    unlessGone(Promise.all([routesAndIntegrations(session, apiId, ctx), stagesOf(session, apiId, project, ctx)])),
  ]);
  if (api === undefined || lists === undefined) return undefined;

  const [[routes, integrations], stages] = lists;
  const protocol = api.ProtocolType === 'WEBSOCKET' ? WEB_SOCKET_PROTOCOL : HTTP_PROTOCOL;
  // Stages of HTTP APIs have no client certificate.
  const shown = protocol.kind === 'http-api' ? stages : stages.map((stage) => ({ clientCertificate: {}, ...stage }));
  return { api, protocol, stages: shown, routes, integrations };
}

/** The targets that the integrations of an API name by their IDs. */
export function targetIdsOfApi({ protocol, integrations }: Pick<ApiRead, 'protocol' | 'integrations'>) {
  if (protocol.leading !== undefined) return [];

  return integrations.filter(isPrivate).flatMap(({ IntegrationUri }) => IntegrationUri ?? []);
}

/** The ports of load balancers that the integrations of an API name by their URIs, on whichever stage. */
export function backendsOfApi(
  { protocol: { leading }, integrations, stages }: Pick<ApiRead, 'protocol' | 'integrations' | 'stages'>,
  known: Pick<Backends, 'balancersOf'>,
): readonly BackendPort[] {
  if (leading === undefined) return [];

  return integrations
    .filter(isPrivate)
    .flatMap((integration) => onStages(leading(integration), stages))
    .flatMap((one) => backendOf(one, known) ?? []);
}

/** An API in the portable form. */
export function toApiGateway({ api, protocol, stages, routes, integrations }: ApiRead, backends: Backends): Gateway {
  const { ApiId: id } = api;
  const byId = new Map(integrations.map((one) => [one.IntegrationId, one] as const));
  const around = { stages, backends };
  const doubles = doubleIntegrations(id, { routes, integrations });
  const sameAs = (one: IntegrationOutput) => defined({ sameAs: doubles.get(one)?.IntegrationId });
  return {
    id,
    name: api.Name,
    kind: protocol.kind,
    stages,
    routes: routes.map((route) => toRoute(protocol, id, route, byId.get(integrationIdOf(route) ?? 'none'), around)),
    integrations: integrations.flatMap((one) =>
      toGatewayIntegrations(protocol, id, one, routes, around).map((lead) => ({ ...lead, ...sameAs(one) })),
    ),
    tags: { ...api.Tags },
    ...(api.DisableExecuteApiEndpoint === true ? { endpoint: 'disabled' as const } : {}),
    raw: plain(api),
  };
}

async function stagesOf(session: Session, apiId: string, project: string | undefined, ctx: CallContext) {
  const stages = await listStages(session, apiId, ctx);
  const byHand = stages.some(({ AutoDeploy }) => AutoDeploy !== true);
  const deployments = byHand ? await listDeployments(session, apiId, ctx) : [];
  return stages.map((stage) => ({ ...toStage(stage, deployments, project), ...toThrottles(stage) }));
}

/** An integration, once for each link that it has on a stage: each prevents the deletion of that link. */
function toGatewayIntegrations(
  protocol: ApiProtocol,
  apiId: string,
  integration: IntegrationOutput,
  routes: readonly RouteOutput[],
  around: Surroundings,
): readonly GatewayIntegration[] {
  const owner = ownerOfIntegration(apiId, integration);
  const id = integration.IntegrationId;
  const misnamed = owner !== undefined && otherNames(integration, routes).length > 0;
  const base = { id, owner, ...(misnamed ? { namesOthers: true } : {}) };
  if (!isPrivate(integration)) return [{ ...base, linkId: undefined, targetId: undefined }];

  const leads = linksAndTargetsOf(protocol, integration, around);
  const distinct = new Map(leads.map((lead) => [`${lead.linkId} ${lead.targetId}`, lead] as const));
  return [...distinct.values()].map((lead) => ({ ...base, ...lead }));
}
