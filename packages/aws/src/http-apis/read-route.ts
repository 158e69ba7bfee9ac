import type { CallContext, Stage } from '@postern/core/internal/library';
import { readUntil, sentMethod, unlessGone, type Route } from '@postern/core/internal/adapter';
import type { IntegrationOutput, RouteOutput, IntegrationShape } from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import { plain, type Session } from '../client/session.js';
import { STALENESS_MS } from '../limits.js';
import { listStages, toStage } from './deployment.js';
import type { RouteSession } from './integration-marks.js';
import { getIntegration, listIntegrations } from './integration.js';
import type { ApiProtocol } from './protocol.js';
import { ownerOfRoute } from './route-marks.js';
import { toSettings } from './route-settings.js';
import {
  type Backends,
  onStages,
  variablesOf,
  onlyOne,
  resolveIntegration,
  type Resolved,
} from '../gateways/integration-target.js';
import { NO_BACKENDS, readBackends } from '../gateways/read-backends.js';

/** What decides where the integrations of an API lead, besides themselves. */
export interface Surroundings {
  readonly stages: readonly Stage[];
  readonly backends: Backends;
}

/** Where integrations name link and target themselves. */
export const NO_SURROUNDINGS: Surroundings = { stages: [], backends: NO_BACKENDS };

/** Where an integration over a link leads: once, or on each stage that has the variables that it is named by. */
export function linksAndTargetsOf(
  { leading }: ApiProtocol,
  integration: IntegrationShape,
  { stages, backends }: Surroundings,
): readonly Resolved[] {
  if (leading === undefined) return [{ linkId: integration.ConnectionId, targetId: integration.IntegrationUri }];

  return onStages(leading(integration), stages).map((one) => resolveIntegration(one, backends));
}

/** The one link and the one target of an integration; one that differs between stages is undefined. */
function leadOf(
  protocol: ApiProtocol,
  integration: IntegrationShape,
  around: Surroundings,
): Pick<Route, 'linkId' | 'targetId' | 'variables'> {
  const leads = linksAndTargetsOf(protocol, integration, around);
  const variables = protocol.leading === undefined ? [] : variablesOf(protocol.leading(integration));
  return {
    linkId: onlyOne(leads.map(({ linkId }) => linkId)),
    targetId: onlyOne(leads.map(({ targetId }) => targetId)),
    ...(variables.length === 0 ? {} : { variables }),
  };
}

/** Reads what some integrations need. `readStages` is called only where one is named by stage variables. */
async function surroundingsOf(
  session: Session,
  { leading }: ApiProtocol,
  integrations: readonly IntegrationOutput[],
  readStages: () => Promise<readonly Stage[]>,
  ctx: CallContext,
): Promise<Surroundings> {
  const all = leading === undefined ? [] : integrations.filter(isPrivate).map(leading);
  if (all.length === 0) return NO_SURROUNDINGS;

  const stages = all.some((one) => variablesOf(one).length > 0) ? await readStages() : [];
  const backends = await readBackends(
    session,
    all.flatMap((one) => onStages(one, stages)),
    ctx,
  );
  return { stages, backends };
}

/** Whether an integration is over a VPC link. */
export function isPrivate({ ConnectionType }: Pick<IntegrationOutput, 'ConnectionType'>): boolean {
  return ConnectionType === 'VPC_LINK';
}

/** All routes of an API. @throws {CloudError} `NOT_FOUND` when the API does not exist. */
export function listRoutes(session: Session, apiId: string, ctx: CallContext): Promise<RouteOutput[]> {
  return listAll(session, ctx, `routes of ${apiId}`, 'apigatewayv2', 'GetRoutes', { ApiId: apiId });
}

/**
 * All routes and integrations of an API, read again until all integrations that routes name are there: one list may be older than the
 * other, of which another run deleted what the routes led to.
 */
export async function routesAndIntegrations(
  session: Session,
  apiId: string,
  ctx: CallContext,
): Promise<readonly [RouteOutput[], IntegrationOutput[]]> {
  const read = () => Promise.all([listRoutes(session, apiId, ctx), listIntegrations(session, apiId, ctx)]);
  const isWhole = ([routes, integrations]: Awaited<ReturnType<typeof read>>): boolean => {
    const ids = new Set(integrations.map(({ IntegrationId }) => IntegrationId));
    return routes.map(integrationIdOf).every((id) => id === undefined || ids.has(id));
  };
  return readUntil(read, isWhole, STALENESS_MS, ctx);
}

/** All routes of an API in the portable form. A route whose integration is not listed has no link. */
export async function portableRoutes(
  session: RouteSession,
  apiId: string,
  ctx: CallContext,
): Promise<readonly Route[]> {
  const [list, integrations] = await routesAndIntegrations(session, apiId, ctx);
  const around = await surroundings(session, apiId, integrations, ctx);
  const byId = new Map(integrations.map((one) => [one.IntegrationId, one]));
  return list.map((route) =>
    toRoute(session.protocol, apiId, route, byId.get(integrationIdOf(route) ?? 'none'), around),
  );
}

function surroundings(
  session: RouteSession,
  apiId: string,
  integrations: readonly IntegrationOutput[],
  ctx: CallContext,
): Promise<Surroundings> {
  const stages = async () => (await listStages(session, apiId, ctx)).map((stage) => toStage(stage, []));
  return surroundingsOf(session, session.protocol, integrations, stages, ctx);
}

/** A route in the portable form, with the link and target of its integration. */
export function toRoute(
  protocol: ApiProtocol,
  apiId: string,
  route: RouteOutput,
  integration: IntegrationShape | undefined,
  around: Surroundings,
): Route {
  const base = {
    id: route.RouteId,
    gatewayId: apiId,
    key: route.RouteKey,
    ...authorizationOf(route),
    raw: plain(route),
  };
  const integrationId = integrationIdOf(route);
  if (integration === undefined || !isPrivate(integration)) return { ...base, integrationId };

  return {
    ...base,
    ...leadOf(protocol, integration, around),
    ...protocol.shape(integration),
    ...methodOf(protocol, route, integration),
    settings: toSettings(protocol, route, integration),
    integrationId,
    owner: ownerOfRoute(apiId, route, integration),
  };
}

/** Messages have no method of their own. */
function methodOf(
  { kind }: ApiProtocol,
  { RouteKey }: RouteOutput,
  { IntegrationMethod }: IntegrationShape,
): Pick<Route, 'method'> {
  const method = kind === 'http-api' ? sentMethod(RouteKey, IntegrationMethod) : undefined;
  return method === undefined ? {} : { method };
}

/** The integration that a route's target (`integrations/abc123`) names. */
export function integrationIdOf({ Target }: RouteOutput): string | undefined {
  return /^integrations\/([^/]+)$/.exec(Target ?? '')?.[1];
}

/** The route with a key, or `undefined`. With `by` it is read by its ID, and not looked for in the list of all. */
export async function findRoute(
  session: RouteSession,
  apiId: string,
  key: string,
  ctx: CallContext,
  by?: { readonly id: string },
): Promise<Route | undefined> {
  const read = async () => {
    const route =
      by === undefined
        ? (await unlessGone(listRoutes(session, apiId, ctx)))?.find(({ RouteKey }) => RouteKey === key)
        : await readRoute(session, apiId, key, by, ctx);
    return { route, integration: route && (await getIntegration(session, apiId, integrationIdOf(route), ctx)) };
  };
  // As `routesAndIntegrations`.
  const isWhole = ({ route, integration }: Awaited<ReturnType<typeof read>>): boolean =>
    route === undefined || integrationIdOf(route) === undefined || integration !== undefined;
  const { route, integration } = await readUntil(read, isWhole, STALENESS_MS, ctx);
  if (route === undefined) return undefined;

  const around = await surroundings(session, apiId, integration === undefined ? [] : [integration], ctx);
  return toRoute(session.protocol, apiId, route, integration, around);
}

/** A route by its ID, where it has the key. */
export async function readRoute(
  session: Session,
  apiId: string,
  key: string,
  { id }: { readonly id: string },
  ctx: CallContext,
): Promise<RouteOutput | undefined> {
  const route = await unlessGone(session.call(ctx, 'apigatewayv2', 'GetRoute', { ApiId: apiId, RouteId: id }));
  return route?.RouteKey === key ? route : undefined;
}

/**
 * Whether a route can be called without authorization.
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html
 */
export function authorizationOf({ AuthorizationType }: RouteOutput): Pick<Route, 'open' | 'authorization'> {
  if (AuthorizationType === undefined) return {};

  return { open: AuthorizationType === 'NONE', authorization: AuthorizationType };
}
