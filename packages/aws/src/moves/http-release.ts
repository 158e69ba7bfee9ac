import type { CallContext } from '@postern/core';
import { unlessGone, type MoveUnit } from '@postern/core/adapter';
import type { Session } from '../client/session.js';
import { ownerOfIntegration } from '../gateway/integration-marks.js';
import { readIntegration } from '../gateway/integration.js';
import { integrationIdOf, listRoutes } from '../gateway/read-route.js';
import { findCopy, isMadeByMove } from './http-copy.js';
import type { HttpCaptured, HttpPrepared } from './http-state.js';

/** An integration that a route uses is kept, and so is an old one that Postern did not make. */
export async function release(
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
