import type { CallContext, Owner } from '@postern/core/internal/library';
import { CloudError, isMarkOf, isShortMark, unlessGone, userHash, type Claim } from '@postern/core/internal/adapter';
import type { RouteOutput } from '../sdk-types.js';
import type { Session } from '../client/session.js';
import {
  isComplete,
  knownUsers,
  namesRoute,
  ownerOfIntegration,
  writeMark,
  type RouteSession,
} from './integration-marks.js';
import { getIntegration } from './integration.js';
import { integrationIdOf, listRoutes } from './read-route.js';
import { hasName, markOfRoute, ownerOfRoute, type RouteName } from './route-marks.js';

/**
 * Writes the mark of a route that exists. Nothing else is written. The mark of an integration that another one made names a route, so that
 * it is never joined with one that serves the same: its configuration may still have both. @throws {CloudError} `NOT_FOUND`, `NOT_OURS`
 */
export async function adopt(
  session: RouteSession,
  apiId: string,
  key: string,
  owner: Claim,
  ctx: CallContext,
): Promise<void> {
  const route = (await listRoutes(session, apiId, ctx)).find(({ RouteKey }) => RouteKey === key);
  const integration = route && (await getIntegration(session, apiId, integrationIdOf(route), ctx));
  if (route === undefined || integration === undefined) {
    throw new CloudError('NOT_FOUND', `${apiId} has no route ${key} with an integration`, {
      operation: 'GetRoutes',
      remedy: 'Plan again: another writer deleted the route.',
    });
  }

  const whose = ownerOfIntegration(apiId, integration);
  if (whose !== undefined && !isMarkOf(whose, owner)) throw notOurs(apiId, key, owner, 'UpdateIntegration');

  const named = hasName(route) || whose === undefined ? [userHash(key)] : [];
  if (!isComplete(apiId, integration, owner) || named.length > 0) {
    const users = new Set([...knownUsers(session, apiId, integration, ctx), ...named]);
    await writeMark(session, apiId, integration, owner, [...users], ctx);
  }
  if (!hasName(route)) await nameRoute(session, apiId, route, markOfRoute(apiId, key, owner), ctx);
}

/** Removes the mark of a route, and with the last one that of its integration. Nothing else is written. @throws {CloudError} `NOT_OURS` */
export async function forget(
  session: RouteSession,
  apiId: string,
  key: string,
  owner: Owner,
  ctx: CallContext,
): Promise<void> {
  const list = (await unlessGone(listRoutes(session, apiId, ctx))) ?? [];
  const route = list.find(({ RouteKey }) => RouteKey === key);
  const integration = route && (await getIntegration(session, apiId, integrationIdOf(route), ctx));
  const whose = integration && ownerOfRoute(apiId, route, integration);
  // A mark that does not name the route is that of others, and stays.
  if (route === undefined || integration === undefined) return;
  if (whose === undefined || (whose.unbound === true && owner.unbound !== true)) return;
  if (!isMarkOf(whose, owner)) throw notOurs(apiId, key, owner, 'UpdateIntegration');

  // An empty name is one that is not set [U].
  if (isShortMark(route.OperationName)) await nameRoute(session, apiId, route, { OperationName: '' }, ctx);
  const users = knownUsers(session, apiId, integration, ctx).filter((one) => one !== userHash(key));
  const others = ((await unlessGone(listRoutes(session, apiId, ctx))) ?? []).filter(
    (one) =>
      one.RouteId !== route.RouteId &&
      one.Target === route.Target &&
      ownerOfRoute(apiId, one, integration)?.unbound !== true,
  );
  if (others.length > 0 && !namesRoute(integration, key)) return;

  await writeMark(session, apiId, integration, others.length === 0 ? undefined : whose, users, ctx);
}

async function nameRoute(
  session: Session,
  ApiId: string,
  { RouteId, OperationName: before = '' }: RouteOutput,
  { OperationName }: RouteName,
  ctx: CallContext,
): Promise<void> {
  if (before === OperationName) return;

  await session.call(ctx, 'apigatewayv2', 'UpdateRoute', { ApiId, RouteId, OperationName });
}

export function notOurs(apiId: string, key: string, { project, integration }: Owner, operation: string): CloudError {
  return new CloudError('NOT_OURS', `${key} of ${apiId} does not carry the mark of ${project}/${integration}`, {
    operation,
    remedy: 'Plan again, or change the route manually: it was created or changed outside of this project.',
  });
}
