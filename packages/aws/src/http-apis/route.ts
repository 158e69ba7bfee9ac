import type { CallContext, Owner } from '@postern/core/internal/library';
import {
  CloudError,
  createQueue,
  isMarkOf,
  isPosternError,
  readUntil,
  unlessGone,
  type Route,
  type RouteMethods,
  type RouteCall,
} from '@postern/core/internal/adapter';
import type { IntegrationOutput, RouteOutput } from '../sdk-types.js';
import { STALENESS_MS } from '../limits.js';
import { plain, sent, type Session } from '../client/session.js';
import { balancerNames } from '../gateways/integration-target.js';
import { adoptDeployment, deploy, forgetDeployments } from './deployment.js';
import {
  ownerOfIntegration,
  unnameOthers,
  madeIntegrations,
  type RouteSession,
  leavingIntegrations,
} from './integration-marks.js';
import {
  deleteIntegration,
  getIntegration,
  listIntegrations,
  readIntegration,
  type UsedIntegration,
} from './integration.js';
import { giveWay, leaveIntegration, overIntegration } from './route-integration.js';
import type { ApiProtocol } from './protocol.js';
import { authorizationOf, findRoute, integrationIdOf, listRoutes, portableRoutes, readRoute } from './read-route.js';
import { adopt, forget, notOurs } from './adopt-route.js';
import { hasName, markOfRoute, ownerOfRoute } from './route-marks.js';
import { routeChanges, routeInput, toSettings } from './route-settings.js';
import { joinIntegrations, joinOthers, configureStage } from './stage-settings.js';

/** Routes of APIs of one kind in the form of core's driver. Writes to one API run one after the other. */
export function routes(caller: Session, protocol: ApiProtocol): RouteMethods {
  const session: RouteSession = {
    ...caller,
    protocol,
    made: madeIntegrations(),
    leaving: leavingIntegrations(),
    nameOf: balancerNames(caller),
  };
  const queue = createQueue();
  return {
    create: async (request, ctx) => {
      protocol.check(request);
      return queue(request.gatewayId, () => createRoute(session, request, ctx), ctx.signal);
    },
    find: (gatewayId, key, ctx, by) => findRoute(session, gatewayId, key, ctx, by),
    list: (gatewayId, ctx) => portableRoutes(session, gatewayId, ctx),
    update: async (route, request, ctx) => {
      protocol.check(request);
      return queue(request.gatewayId, () => updateRoute(session, route.id, request, ctx), ctx.signal);
    },
    delete: (gatewayId, key, owner, ctx, by) =>
      queue(gatewayId, () => deleteRoute(session, gatewayId, key, owner, ctx, by), ctx.signal),
    adopt: (gatewayId, key, owner, ctx) =>
      queue(gatewayId, () => adopt(session, gatewayId, key, owner, ctx), ctx.signal),
    adoptStage: (gatewayId, stage, mark, ctx) =>
      queue(gatewayId, () => adoptDeployment(session, gatewayId, stage, mark, ctx), ctx.signal),
    forget: (gatewayId, key, owner, ctx) =>
      queue(gatewayId, () => forget(session, gatewayId, key, owner, ctx), ctx.signal),
    forgetStage: (gatewayId, stage, by, ctx) =>
      queue(gatewayId, () => forgetDeployments(session, gatewayId, stage, by, ctx), ctx.signal),
    sweep: (gatewayId, project, ctx, spec, { unbound } = {}) => {
      const isOurs = (one: Owner): boolean =>
        one.project === project && one.spec === spec && (one.unbound !== true || unbound === true);
      return queue(gatewayId, () => sweep(session, gatewayId, isOurs, ctx), ctx.signal);
    },
    configureStage: (gatewayId, stage, change, ctx) =>
      queue(gatewayId, () => configureStage(session, gatewayId, stage, change, ctx), ctx.signal),
    deploy: (gatewayId, stage, mark, ctx, replaces) =>
      queue(gatewayId, () => deploy(session, gatewayId, stage, mark, ctx, replaces), ctx.signal),
  };
}

/**
 * Route keys are unique in an API, so creating is safe to repeat: a second create is refused, and the route
 * is then found to be managed by this project.
 */
async function createRoute(session: RouteSession, request: RouteCall, ctx: CallContext): Promise<Route> {
  const declared = await routeInput(session, request, ctx);
  const { route, integration } = await overIntegration(session, request, ctx, undefined, async (one) => ({
    route: await createOver(session, request, declared, one, ctx),
    integration: one,
  }));
  await leaveIntegration(session, request.gatewayId, undefined, request, ctx);
  await lookAgain(session, request, integration, ctx);
  return route;
}

async function createOver(
  session: RouteSession,
  request: RouteCall,
  declared: Awaited<ReturnType<typeof routeInput>>,
  integration: UsedIntegration,
  ctx: CallContext,
): Promise<Route> {
  const { gatewayId, key, owner } = request;
  const input = { ...declared, ...markOfRoute(gatewayId, key, owner), Target: `integrations/${integration.id}` };
  const made = (route: RouteOutput) => toMade(session, request, route, integration);
  try {
    const route = await session.call(
      ctx,
      'apigatewayv2',
      'CreateRoute',
      { ApiId: gatewayId, RouteKey: key, ...input },
      'idempotent',
    );
    return made(route);
  } catch (error) {
    if (!isPosternError(error, 'ALREADY_EXISTS')) throw error;

    const find = async () => (await listRoutes(session, gatewayId, ctx)).find(({ RouteKey }) => RouteKey === key);
    const existing = await readUntil(find, (one) => one !== undefined, STALENESS_MS, ctx);
    if (existing !== undefined && Object.keys(routeChanges(existing, input)).length === 0) return made(existing);

    await giveWay(session, request, integration, existing, ctx);
    throw error;
  }
}

async function updateRoute(
  session: RouteSession,
  routeId: string,
  request: RouteCall,
  ctx: CallContext,
): Promise<Route> {
  const { gatewayId, key, owner } = request;
  const before = await session.call(ctx, 'apigatewayv2', 'GetRoute', { ApiId: gatewayId, RouteId: routeId });
  const led = await requireOurs(session, request, before, ctx);
  const declared = await routeInput(session, request, ctx);
  const isNamed = hasName(before);
  const mark = isNamed ? {} : markOfRoute(gatewayId, key, owner);
  const former = { integration: led, isNamed };
  const { after, integration } = await overIntegration(session, request, ctx, former, async (one) => {
    const changes = routeChanges(before, { ...declared, ...mark, Target: `integrations/${one.id}` });
    const input = { ApiId: gatewayId, RouteId: routeId, ...changes };
    const isSame = Object.keys(changes).length === 0;
    return { after: isSame ? before : await session.call(ctx, 'apigatewayv2', 'UpdateRoute', input), integration: one };
  });
  const isLeft = integrationIdOf(before) !== integration.id;
  await leaveIntegration(session, gatewayId, isLeft ? led : undefined, request, ctx);
  await lookAgain(session, request, integration, ctx);
  return toMade(session, request, after, integration);
}

/** Of a single route; the routes of a unit are read back together, and what is doubled there is swept. */
async function lookAgain(
  session: RouteSession,
  { gatewayId, owner, batch = [] }: RouteCall,
  { id, isNew }: UsedIntegration,
  ctx: CallContext,
): Promise<void> {
  if (isNew && batch.length <= 1) await joinOthers(session, gatewayId, id, owner, ctx);
}

/**
 * Checks again that the route belongs to the project, since minutes may have passed since the plan. A route
 * that was pointed to an integration of another owner in that time is not changed. A route whose integration
 * was deleted has no target, and may be repaired.
 */
async function requireOurs(
  session: RouteSession,
  { gatewayId, key, owner, batch }: RouteCall,
  route: RouteOutput,
  ctx: CallContext,
): Promise<IntegrationOutput | undefined> {
  const integrationId = integrationIdOf(route);
  const read = batch === undefined ? getIntegration : leftIntegration;
  const integration = await read(session, gatewayId, integrationId, ctx);
  if (integration === undefined && integrationId !== undefined) return undefined;
  if (ownerOfIntegration(gatewayId, integration)?.project !== owner.project)
    throw notOurs(gatewayId, key, owner, 'UpdateRoute');

  return integration;
}

async function deleteRoute(
  session: RouteSession,
  apiId: string,
  key: string,
  owner: Owner,
  ctx: CallContext,
  by?: { readonly id: string; readonly batch?: readonly string[] | undefined },
): Promise<void> {
  const of = { key, owner, batch: by?.batch };
  // A known route is read alone: with a list for each, the cost of an API's deletion grows by the square of its routes.
  const known = by && (await readRoute(session, apiId, key, by, ctx));
  if (known !== undefined && (await deleteKnown(session, apiId, known, of, ctx))) return;

  const list = await unlessGone(listRoutes(session, apiId, ctx));
  if (list === undefined) return;

  // A list may not show a route that was created a moment ago.
  const route =
    list.find(({ RouteKey }) => RouteKey === key) ?? (by && (await knownRoute(session, apiId, key, by, ctx)));
  if (route !== undefined && (await deleteKnown(session, apiId, route, of, ctx))) return;
  // A list shows a route for a while that another run has deleted, and its mark does not name it any more.
  if (route !== undefined && (await readRoute(session, apiId, key, { id: route.RouteId }, ctx)) !== undefined)
    throw notOurs(apiId, key, owner, 'DeleteRoute');

  // The route was deleted, perhaps by a run that ended before it deleted the integration.
  await prune(session, apiId, (one) => isMarkOf(one, owner) && (one.unbound !== true || owner.unbound === true), ctx);
}

/** Deletes a route, and its integration where no other route uses it. @returns whether the route is the owner's */
async function deleteKnown(
  session: RouteSession,
  apiId: string,
  route: RouteOutput,
  of: Pick<RouteCall, 'key' | 'owner' | 'batch'>,
  ctx: CallContext,
): Promise<boolean> {
  const { owner, batch } = of;
  const read = batch === undefined ? getIntegration : leftIntegration;
  const integration = await read(session, apiId, integrationIdOf(route), ctx);
  if (integration === undefined) return false;

  const whose = ownerOfRoute(apiId, route, integration);
  if (!isMarkOf(whose, owner) || (whose?.unbound === true && owner.unbound !== true)) return false;

  await unlessGone(session.call(ctx, 'apigatewayv2', 'DeleteRoute', { ApiId: apiId, RouteId: route.RouteId }));
  await leaveIntegration(session, apiId, integration, of, ctx);
  return true;
}

/**
 * The integration of routes that a run deletes one after the other: it is not read for each. Where routes of many integrations are deleted
 * in turn, what was read of one is old when its next route follows: one list reads all of them again.
 */
async function leftIntegration(session: RouteSession, apiId: string, id: string | undefined, ctx: CallContext) {
  const { leaving } = session;
  if (leaving.isOld(id, ctx.clock))
    for (const one of (await unlessGone(listIntegrations(session, apiId, ctx))) ?? []) leaving.add(one, ctx.clock);

  const known = leaving.read(id, ctx.clock);
  if (known !== undefined) return known;

  const read = await getIntegration(session, apiId, id, ctx);
  if (read !== undefined) leaving.add(read, ctx.clock);
  return read;
}

/** A route that was created a moment ago: it does not exist any more only where reads do not show it for as long as they may lag. */
function knownRoute(session: RouteSession, apiId: string, key: string, by: { readonly id: string }, ctx: CallContext) {
  const read = () => readRoute(session, apiId, key, by, ctx);
  return readUntil(read, (one) => one !== undefined, STALENESS_MS, ctx);
}

/** Deletes what no route uses, joins what is doubled, and removes names of routes from marks of integrations that they do not lead to. */
async function sweep(
  session: RouteSession,
  apiId: string,
  isOurs: (owner: Owner) => boolean,
  ctx: CallContext,
): Promise<void> {
  const lists = await prune(session, apiId, isOurs, ctx);
  if (lists === undefined) return;

  const { routes, used } = lists;
  await joinIntegrations(session, apiId, { routes, integrations: used }, isOurs, ctx);
  for (const integration of used) {
    const owner = ownerOfIntegration(apiId, integration);
    const isThere = owner !== undefined && isOurs(owner) && !session.made.isGone(integration.IntegrationId);
    if (isThere) await unnameOthers(session, apiId, integration, routes, ctx);
  }
}

/**
 * Deletes the managed integrations that no route refers to, as far as the lists show. `keep` is in use
 * already. Returns the routes, and the integrations that they use.
 */
async function prune(
  session: RouteSession,
  apiId: string,
  isOurs: (owner: Owner, id: string) => boolean,
  ctx: CallContext,
  keep?: string,
): Promise<{ readonly routes: readonly RouteOutput[]; readonly used: readonly IntegrationOutput[] } | undefined> {
  const lists = await unlessGone(Promise.all([listRoutes(session, apiId, ctx), listIntegrations(session, apiId, ctx)]));
  if (lists === undefined) return undefined;

  const [routes, integrations] = lists;
  const used = new Set(routes.map(integrationIdOf));
  for (const integration of integrations) {
    const id = integration.IntegrationId;
    const owner = ownerOfIntegration(apiId, integration);
    if (id === undefined || id === keep || used.has(id) || owner === undefined || !isOurs(owner, id)) continue;

    // The list is as old as all deletions before this one: another writer may have taken the mark away since.
    const mark = ownerOfIntegration(apiId, await unlessGone(readIntegration(session, apiId, id, ctx)));
    if (mark === undefined || !isOurs(mark, id)) continue;

    await deleteIntegration(session, apiId, id, ctx);
  }
  return { routes, used: integrations.filter(({ IntegrationId }) => used.has(IntegrationId)) };
}

/** A route as it was written. */
function toMade(
  { protocol }: RouteSession,
  request: RouteCall,
  route: RouteOutput,
  { id: integrationId, wanted }: UsedIntegration,
): Route {
  const { gatewayId, key, linkId, use, owner } = request;
  if (sent(route.Target, 'Target', 'CreateRoute', true) !== `integrations/${integrationId}`) {
    throw new CloudError('OUTCOME_UNKNOWN', `the response shows ${key} of ${gatewayId} with target ${route.Target}`, {
      operation: 'CreateRoute',
      outcomeUnknown: true,
      remedy: 'Plan again: another writer changed the route at the same time.',
    });
  }

  return {
    id: route.RouteId,
    gatewayId,
    key,
    linkId,
    targetId: use.target.id,
    tls: use.tls,
    path: use.path,
    settings: toSettings(protocol, route, wanted),
    integrationId,
    owner,
    ...authorizationOf(route),
    raw: plain(route),
  };
}
