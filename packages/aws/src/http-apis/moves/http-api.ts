import type { CallContext } from '@postern/core/internal/library';
import {
  defined,
  isPosternError,
  unlessGone,
  UnsupportedError,
  type MoveMethods,
  type MoveUnit,
} from '@postern/core/internal/adapter';
import type { Session } from '../../client/session.js';
import { readIntegration } from '../integration.js';
import { integrationIdOf, listRoutes } from '../read-route.js';
import { settle, sidesOf, verify, where, connect, retarget, targetsOf } from './http-position.js';
import { ensureCopy, findCopy, isMadeByMove } from './http-copy.js';
import { deployMarked, manualStages, serveAgain, deployedStagesNow } from './http-stages.js';
import type { HttpCaptured, HttpPrepared } from './http-state.js';
import { moveMethods, changedMeanwhile } from '../../move-methods.js';
import { ownerOfIntegration } from '../integration-marks.js';

/**
 * Moves the routes of an HTTP API that share an integration: to a copy of the integration over the new link. Where the
 * API cannot have another integration, the integration itself gets the new link. Stages that do not deploy by
 * themselves are deployed. Writes to one API run one after the other.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 */
export function httpApiMoves(session: Session): MoveMethods {
  return moveMethods<HttpCaptured, HttpPrepared>({
    capture: (unit, ctx) => capture(session, unit, ctx),
    prepare: (unit, captured, ctx) => prepare(session, unit, captured, ctx),
    findPrepared: (unit, captured, ctx) => findPrepared(session, unit, captured, ctx),
    shift: async (unit, { captured, prepared }, percent, ctx) => {
      if (percent !== 100 || prepared === undefined) throw notInParts(unit);

      return shift(session, unit, captured, prepared, ctx);
    },
    where: (unit, { captured, prepared }, ctx) => where(session, unit, captured, prepared, ctx),
    settle: (unit, { prepared }, ctx) => settle(session, unit, prepared, ctx),
    verify: (unit, { captured, prepared }, ctx) => verify(session, unit, captured, prepared, ctx),
    back: (unit, { captured, prepared }, ctx) => back(session, unit, captured, prepared, ctx),
    release: async (unit, { captured, prepared }, which, ctx) =>
      prepared?.inPlace === true ? [] : release(session, unit, captured, prepared, which, ctx),
  });
}

async function capture(session: Session, unit: MoveUnit, ctx: CallContext): Promise<HttpCaptured> {
  const apiId = unit.gateway.id;
  const list = await listRoutes(session, apiId, ctx);
  const named = list.filter(({ RouteKey }) => unit.routes?.includes(RouteKey) !== false);
  const integrationId = unit.integration ?? (named[0] === undefined ? undefined : integrationIdOf(named[0])) ?? '';
  // What another writer has deleted, or led elsewhere, does not move.
  const routes = named.filter((route) => integrationIdOf(route) === integrationId);
  if (routes.length === 0) throw changedMeanwhile(`no route of ${apiId} has integration ${integrationId}`);

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
    ...defined({ uri: integration.IntegrationUri }),
    isAll: users.length === routes.length,
    routes: routes.map(({ RouteId: id, RouteKey: key }) => ({ id, key })),
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
  if (original.ConnectionId === unit.to.id) return { integrationId, inPlace: true };

  try {
    const id = await ensureCopy(session, unit.gateway.id, original, unit.to.id, ctx);
    return { integrationId: id, inPlace: false };
  } catch (error) {
    if (!isPosternError(error, 'QUOTA_EXCEEDED') || !isAll) throw error;

    return { integrationId, inPlace: true };
  }
}

async function findPrepared(
  session: Session,
  { gateway, to }: MoveUnit,
  { integrationId }: HttpCaptured,
  ctx: CallContext,
): Promise<HttpPrepared | undefined> {
  const original = await unlessGone(readIntegration(session, gateway.id, integrationId, ctx));
  if (original === undefined) return undefined;
  if (original.ConnectionId === to.id) return { integrationId, inPlace: true };

  const copy = await findCopy(session, gateway.id, original, to.id, ctx);
  return copy?.IntegrationId === undefined ? undefined : { integrationId: copy.IntegrationId, inPlace: false };
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
  // A stage that was deleted meanwhile is not deployed.
  for (const stage of captured.stages) await unlessGone(deployMarked(session, unit, stage, ctx));
}

/** The old targets first, then what the stages that are deployed by hand served. */
async function back(
  session: Session,
  unit: MoveUnit,
  captured: HttpCaptured,
  prepared: HttpPrepared | undefined,
  ctx: CallContext,
): Promise<void> {
  if (prepared?.inPlace === true) await connect(session, unit, captured, unit.from.id, ctx);
  else await returnRoutes(session, unit, captured, prepared, ctx);
  const served = await deployedStagesNow(session, unit, captured.stages, ctx);
  for (const { name, deploymentId } of captured.stages) {
    // A deployment of another writer after the move stays: it is not this move's to undo.
    if (served.get(name)?.isOfMove === true) await serveAgain(session, unit.gateway.id, name, deploymentId, ctx);
  }
}

/** Routes that another writer has returned, or led elsewhere, stay as they are. */
async function returnRoutes(
  session: Session,
  unit: MoveUnit,
  captured: HttpCaptured,
  prepared: HttpPrepared | undefined,
  ctx: CallContext,
): Promise<void> {
  const { id: ApiId } = unit.gateway;
  const targets = targetsOf(await listRoutes(session, ApiId, ctx));
  const sides = await sidesOf(session, unit, captured, prepared, targets, ctx);
  const [other] = sides;
  if (other !== undefined && sides.every(({ link }) => link === 'other')) {
    throw changedMeanwhile(`${other.key} of ${ApiId} has ${other.found}`);
  }

  const moved = sides.filter(({ link }) => link === 'new');
  const [first] = moved;
  if (first === undefined) return;

  const former = await formerIntegration(session, unit, captured, targets.get(first.id) ?? '', ctx);
  for (const { id: RouteId } of moved) {
    await session.call(ctx, 'apigatewayv2', 'UpdateRoute', { ApiId, RouteId, Target: `integrations/${former}` });
  }
}

/** The integration that the routes had; where another writer has deleted it, one over the old link as `current` is over the new one. */
async function formerIntegration(
  session: Session,
  { gateway: { id: apiId }, from }: MoveUnit,
  { integrationId }: HttpCaptured,
  current: string,
  ctx: CallContext,
): Promise<string> {
  if ((await unlessGone(readIntegration(session, apiId, integrationId, ctx))) !== undefined) return integrationId;

  return ensureCopy(session, apiId, await readIntegration(session, apiId, current, ctx), from.id, ctx);
}

function notInParts({ id, gateway }: MoveUnit): UnsupportedError {
  return new UnsupportedError(`${id}: calls of ${gateway.kind} ${gateway.id} move all at once`, {
    remedy: 'Use batches of routes instead of a percentage.',
  });
}

/** An integration that a route uses is kept, and so is an old one that Postern did not make. */
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
  if (which === 'old' && ownerOfIntegration(apiId, integration) === undefined && !isMadeByMove(integration)) return [];

  const input = { ApiId: apiId, IntegrationId: id };
  await unlessGone(session.call(ctx, 'apigatewayv2', 'DeleteIntegration', input));
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
