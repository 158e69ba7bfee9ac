import {
  createQueue,
  hashJson,
  isPosternError,
  unlessGone,
  UnsupportedError,
  type CallContext,
  type MoveDoors,
  type MovePosition,
  type MoveUnit,
} from '@postern/core/adapter';
import type { IntegrationOutput, RouteOutput } from '../apis/api-gateway-api.js';
import type { Session } from '../client/session.js';
import { ownerOfIntegration } from '../gateway/integration.js';
import { integrationIdOf, listRoutes } from '../gateway/read-route.js';
import { descriptionOver, ensureCopy, findCopy, hasSettingsOf } from './http-copy.js';
import { deployMarked, manualStages, serveAgain, servedOn } from './http-stages.js';
import { httpState, kept, type HttpCaptured, type HttpPrepared } from './http-state.js';
import { changedMeanwhile } from './changed-meanwhile.js';

/**
 * Moves the routes of an HTTP API that share an integration: to a copy of the integration over the new link. Where the
 * API cannot have another integration, the integration itself gets the new link. Stages that do not deploy by
 * themselves are deployed. Writes to one API run one after the other.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 */
export function httpApiMoves(session: Session): MoveDoors {
  const queue = createQueue();
  return {
    capture: async (unit, ctx) => kept(await capture(session, unit, ctx)),
    prepare: (unit, state, ctx) =>
      queue(
        unit.gateway.id,
        async () => kept(await prepare(session, unit, httpState(state).captured, ctx)),
        ctx.signal,
      ),
    shift: (unit, state, percent, ctx) => {
      const { captured, prepared } = httpState(state);
      if (percent !== 100 || prepared === undefined) throw notInParts(unit);
      return queue(unit.gateway.id, () => shift(session, unit, captured, prepared, ctx), ctx.signal);
    },
    where: (unit, state, ctx) => {
      const { captured, prepared } = httpState(state);
      return where(session, unit, captured, prepared, ctx);
    },
    settle: (unit, state, ctx) => settle(session, unit, httpState(state).prepared, ctx),
    verify: (unit, state, ctx) => {
      const { captured, prepared } = httpState(state);
      return verify(session, unit, captured, prepared, ctx);
    },
    back: (unit, state, ctx) => {
      const { captured, prepared } = httpState(state);
      return queue(unit.gateway.id, () => back(session, unit, captured, prepared, ctx), ctx.signal);
    },
    release: (unit, state, which, ctx) => {
      const { captured, prepared } = httpState(state);
      if (prepared?.inPlace === true) return Promise.resolve([]);
      return queue(unit.gateway.id, () => release(session, unit, captured, prepared, which, ctx), ctx.signal);
    },
  };
}

async function capture(session: Session, unit: MoveUnit, ctx: CallContext): Promise<HttpCaptured> {
  const apiId = unit.gateway.id;
  const list = await listRoutes(session, apiId, ctx);
  const named = (route: RouteOutput): boolean =>
    unit.routes === undefined
      ? integrationIdOf(route) === unit.integration
      : unit.routes.includes(route.RouteKey ?? '');
  const routes = list.filter(named);
  const integrationId = unit.integration ?? integrationIdOf(routes[0] ?? {}) ?? '';
  const other = routes.find((route) => integrationIdOf(route) !== integrationId);
  const missing = unit.routes?.find((key) => !routes.some(({ RouteKey }) => RouteKey === key));
  if (missing !== undefined) throw changedMeanwhile(`${apiId} has no route ${missing}`);
  if (other !== undefined || routes.length === 0) {
    throw changedMeanwhile(`${other?.RouteKey ?? 'no route'} of ${apiId} has integration ${integrationId}`);
  }
  const integration = await readIntegration(session, apiId, integrationId, ctx);
  if (integration.ConnectionId !== unit.from.id) {
    throw changedMeanwhile(
      `integration ${integrationId} of ${apiId} uses VPC link ${integration.ConnectionId}, not ${unit.from.id}`,
    );
  }
  const users = list.filter((route) => integrationIdOf(route) === integrationId);
  return {
    integrationId,
    description: integration.Description ?? '',
    isAll: users.length === routes.length,
    routes: routes.map(({ RouteId: id = '', RouteKey: key = '' }) => ({ id, key })),
    stages: await manualStages(session, apiId, ctx),
  };
}

async function prepare(
  session: Session,
  unit: MoveUnit,
  { integrationId, isAll }: HttpCaptured,
  ctx: CallContext,
): Promise<HttpPrepared> {
  const original = await readIntegration(session, unit.gateway.id, integrationId, ctx);
  try {
    const id = await ensureCopy(session, unit.gateway.id, original, unit.to.id, ctx);
    return { integrationId: id, inPlace: false };
  } catch (error) {
    if (!isPosternError(error, 'QUOTA_EXCEEDED') || !isAll) throw error;
    return { integrationId, inPlace: true };
  }
}

async function shift(
  session: Session,
  unit: MoveUnit,
  captured: HttpCaptured,
  prepared: HttpPrepared,
  ctx: CallContext,
): Promise<void> {
  if (prepared.inPlace) await connect(session, unit, captured, unit.to.id, ctx);
  else await retarget(session, unit, captured, captured.integrationId, prepared.integrationId, ctx);
  for (const { name } of captured.stages) await deployMarked(session, unit.gateway.id, name, markOfMove(unit), ctx);
}

/** The old targets first, then what the stages that are deployed by hand served. */
async function back(
  session: Session,
  unit: MoveUnit,
  captured: HttpCaptured,
  prepared: HttpPrepared | undefined,
  ctx: CallContext,
): Promise<void> {
  if (prepared === undefined) return;
  if (prepared.inPlace) await connect(session, unit, captured, unit.from.id, ctx);
  else await retarget(session, unit, captured, prepared.integrationId, captured.integrationId, ctx);
  const served = await servedOn(
    session,
    unit.gateway.id,
    captured.stages.map(({ name }) => name),
    markOfMove(unit),
    ctx,
  );
  for (const { name, deploymentId } of captured.stages) {
    // A deployment of another writer after the move stays: it is not this move's to undo.
    if (served.get(name)?.marked !== undefined) await serveAgain(session, unit.gateway.id, name, deploymentId, ctx);
  }
}

/** Sets the target of each route that has the integration `from`. */
async function retarget(
  session: Session,
  { gateway: { id: ApiId } }: MoveUnit,
  { routes }: HttpCaptured,
  from: string,
  to: string,
  ctx: CallContext,
): Promise<void> {
  const targets = targetsOf(await listRoutes(session, ApiId, ctx));
  const other = routes.find(({ id }) => ![from, to].includes(targets.get(id) ?? ''));
  if (other !== undefined) {
    throw changedMeanwhile(`${other.key} of ${ApiId} has integration ${targets.get(other.id) ?? 'none'}`);
  }
  for (const { id: RouteId } of routes) {
    if (targets.get(RouteId) === to) continue;
    await session.send(ctx, 'apigatewayv2', 'UpdateRoute', (api, options) =>
      api.updateRoute({ ApiId, RouteId, Target: `integrations/${to}` }, options),
    );
  }
}

/** Gives the integration itself another link, and the mark that is bound to that link. */
async function connect(
  session: Session,
  { gateway: { id: ApiId }, from, to }: MoveUnit,
  { integrationId: IntegrationId, description }: HttpCaptured,
  linkId: string,
  ctx: CallContext,
): Promise<void> {
  const now = await readIntegration(session, ApiId, IntegrationId, ctx);
  if (now.ConnectionId === linkId) return;
  if (now.ConnectionId !== from.id && now.ConnectionId !== to.id) {
    throw changedMeanwhile(`integration ${IntegrationId} of ${ApiId} uses VPC link ${now.ConnectionId}`);
  }
  const isMarked = ownerOfIntegration(ApiId, now) !== undefined;
  const Description = linkId === from.id ? description : descriptionOver(ApiId, now, linkId);
  await session.send(ctx, 'apigatewayv2', 'UpdateIntegration', (api, options) =>
    api.updateIntegration(
      { ApiId, IntegrationId, ConnectionId: linkId, ...(isMarked ? { Description } : {}) },
      options,
    ),
  );
}

async function where(
  session: Session,
  unit: MoveUnit,
  captured: HttpCaptured,
  prepared: HttpPrepared | undefined,
  ctx: CallContext,
): Promise<MovePosition> {
  const apiId = unit.gateway.id;
  const [list, served] = await Promise.all([
    listRoutes(session, apiId, ctx),
    servedOn(
      session,
      apiId,
      captured.stages.map(({ name }) => name),
      markOfMove(unit),
      ctx,
    ),
  ]);
  const targets = targetsOf(list);
  const other = captured.routes.find(
    ({ id }) => ![captured.integrationId, prepared?.integrationId].includes(targets.get(id)),
  );
  if (other !== undefined) {
    const found = targets.has(other.id) ? `integration ${targets.get(other.id) || 'none'}` : 'no such route';
    return { at: 'elsewhere', found: `${other.key}: ${found}` };
  }
  const isNew = await sides(session, unit, captured, prepared, targets, ctx);
  if (typeof isNew === 'string') return { at: 'elsewhere', found: isNew };
  for (const { name, deploymentId } of captured.stages) {
    const now = served.get(name);
    if (now?.marked === undefined && now?.deploymentId !== deploymentId) {
      const found = now === undefined ? 'it does not exist' : `deployment ${now.deploymentId}`;
      return { at: 'elsewhere', found: `stage ${name}: ${found}` };
    }
    isNew.push(now.marked !== undefined);
  }
  const moved = isNew.filter(Boolean).length;
  if (moved === 0) return { at: 'old' };
  return moved === isNew.length ? { at: 'new' } : { at: 'canary', percent: Math.round((100 * moved) / isNew.length) };
}

/** For each route whether it uses the new link; or what else the integration uses. */
async function sides(
  session: Session,
  { gateway, from, to }: MoveUnit,
  captured: HttpCaptured,
  prepared: HttpPrepared | undefined,
  targets: ReadonlyMap<string, string>,
  ctx: CallContext,
): Promise<boolean[] | string> {
  if (prepared?.inPlace === false) {
    return captured.routes.map(({ id }) => targets.get(id) === prepared.integrationId);
  }
  const { ConnectionId } = await readIntegration(session, gateway.id, captured.integrationId, ctx);
  if (ConnectionId !== from.id && ConnectionId !== to.id) {
    return `integration ${captured.integrationId}: VPC link ${ConnectionId}`;
  }
  return captured.routes.map(() => ConnectionId === to.id);
}

/** Nothing is overwritten. What changed in place is told. */
async function settle(
  session: Session,
  { gateway, to }: MoveUnit,
  prepared: HttpPrepared | undefined,
  ctx: CallContext,
): Promise<readonly string[]> {
  if (prepared?.inPlace !== true) return [];
  const { ConnectionId } = await readIntegration(session, gateway.id, prepared.integrationId, ctx);
  if (ConnectionId !== to.id) return [];
  return [
    `Integration ${prepared.integrationId} of ${gateway.id} was changed in place: the API has as many integrations as its quota allows.`,
  ];
}

/** Routes that are missing, and settings in which the copy differs from the original. */
async function verify(
  session: Session,
  { gateway: { id: apiId }, to }: MoveUnit,
  { routes, integrationId }: HttpCaptured,
  prepared: HttpPrepared | undefined,
  ctx: CallContext,
): Promise<readonly string[]> {
  const targets = targetsOf(await listRoutes(session, apiId, ctx));
  const missing = routes.filter(({ id }) => !targets.has(id)).map(({ key }) => `Route ${key} of ${apiId} is missing.`);
  if (prepared === undefined || prepared.inPlace) return missing;
  const [before, after] = await Promise.all(
    [integrationId, prepared.integrationId].map((id) => unlessGone(readIntegration(session, apiId, id, ctx))),
  );
  if (before === undefined || after === undefined || hasSettingsOf(after, apiId, before, to.id)) return missing;
  return [
    ...missing,
    `Integration ${prepared.integrationId} of ${apiId} differs from ${integrationId} in its settings.`,
  ];
}

/** An integration that a route uses is kept, and so is an old one without Postern's mark. */
async function release(
  session: Session,
  unit: MoveUnit,
  captured: HttpCaptured,
  prepared: HttpPrepared | undefined,
  which: 'new' | 'old',
  ctx: CallContext,
): Promise<readonly string[]> {
  const apiId = unit.gateway.id;
  const id =
    which === 'old'
      ? captured.integrationId
      : (prepared?.integrationId ?? (await madeCopy(session, unit, captured, ctx)));
  if (id === undefined) return [];
  const list = await listRoutes(session, apiId, ctx);
  if (list.some((route) => integrationIdOf(route) === id)) return [];
  const integration = await unlessGone(readIntegration(session, apiId, id, ctx));
  if (integration === undefined) return [];
  if (which === 'old' && ownerOfIntegration(apiId, integration) === undefined) return [];
  const input = { ApiId: apiId, IntegrationId: id };
  await unlessGone(
    session.send(
      ctx,
      'apigatewayv2',
      'DeleteIntegration',
      (api, options) => api.deleteIntegration(input, options) as Promise<object>,
    ),
  );
  return [`integration ${id} of ${apiId}`];
}

/** The copy that a process made which ended before it was recorded. */
async function madeCopy(
  session: Session,
  { gateway, to }: MoveUnit,
  { integrationId }: HttpCaptured,
  ctx: CallContext,
): Promise<string | undefined> {
  const original = await unlessGone(readIntegration(session, gateway.id, integrationId, ctx));
  const copy = original && (await findCopy(session, gateway.id, original, to.id, ctx));
  return copy?.IntegrationId;
}

function readIntegration(
  session: Session,
  ApiId: string,
  IntegrationId: string,
  ctx: CallContext,
): Promise<IntegrationOutput> {
  return session.send(ctx, 'apigatewayv2', 'GetIntegration', (api, options) =>
    api.getIntegration({ ApiId, IntegrationId }, options),
  );
}

/** The integration of each route, by the route's ID; empty for one without. */
function targetsOf(list: readonly RouteOutput[]): ReadonlyMap<string, string> {
  return new Map(list.map((route) => [route.RouteId ?? '', integrationIdOf(route) ?? '']));
}

/** The description of the deployments of a move. */
function markOfMove({ gateway, from, to, integration, routes }: MoveUnit): string {
  const of = { apiId: gateway.id, from: from.id, to: to.id, integration: integration ?? '', routes: routes ?? [] };
  return `postern-move/${hashJson(of)}`;
}

function notInParts({ id, gateway }: MoveUnit): UnsupportedError {
  return new UnsupportedError(`${id}: calls of ${gateway.kind} ${gateway.id} move all at once`, {
    remedy: 'Use batches of routes instead of a percentage.',
  });
}
