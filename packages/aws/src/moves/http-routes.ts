import type { CallContext } from '@postern/core';
import type { MoveUnit } from '@postern/core/adapter';
import type { RouteOutput } from '../sdk-types.js';
import type { Session } from '../client/session.js';
import { ownerOfIntegration } from '../gateway/integration-marks.js';
import { readIntegration } from '../gateway/integration.js';
import { integrationIdOf, listRoutes } from '../gateway/read-route.js';
import { changedMeanwhile } from './changed-meanwhile.js';
import { descriptionOver } from './http-copy.js';
import type { HttpCaptured } from './http-state.js';

/** Sets the target of each route that has the integration `from`. What another writer has changed stays as it is. */
export async function retarget(
  session: Session,
  { gateway: { id: ApiId } }: MoveUnit,
  { routes }: HttpCaptured,
  from: string,
  to: string,
  ctx: CallContext,
): Promise<void> {
  const targets = targetsOf(await listRoutes(session, ApiId, ctx));
  const own = routes.filter(({ id }) => [from, to].includes(targets.get(id) ?? ''));
  const [first] = routes;
  if (own.length === 0) {
    const integration = targets.get(first?.id ?? '') ?? 'none';
    throw changedMeanwhile(`${first?.key ?? 'no route'} of ${ApiId} has integration ${integration}`);
  }
  for (const { id: RouteId } of own) {
    if (targets.get(RouteId) === to) continue;
    await session.call(ctx, 'apigatewayv2', 'UpdateRoute', { ApiId, RouteId, Target: `integrations/${to}` });
  }
}

/** Gives the integration itself another link, and the mark that is bound to that link. */
export async function connect(
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
  await session.call(ctx, 'apigatewayv2', 'UpdateIntegration', {
    ApiId,
    IntegrationId,
    ConnectionId: linkId,
    ...(isMarked ? { Description } : {}),
  });
}

/** The integration of each route, by the route's ID; empty for one without. */
export function targetsOf(list: readonly RouteOutput[]): ReadonlyMap<string, string> {
  return new Map(list.map((route) => [route.RouteId ?? '', integrationIdOf(route) ?? '']));
}
