import type { CallContext } from '@postern/core';
import {
  CloudError,
  isMarkOf,
  isPosternError,
  leaveUnfinished,
  unlessGone,
  userHash,
  usersOfMark,
  type RouteCall,
} from '@postern/core/adapter';
import type { IntegrationOutput, RouteOutput } from '../sdk-types.js';
import { knownUsers, namesRoute, ownerOfIntegration, unnameRoutes, type RouteSession } from './integration-marks.js';
import {
  deleteIntegration,
  ensureIntegration,
  getIntegration,
  readIntegration,
  type UsedIntegration,
} from './integration.js';
import { integrationIdOf } from './read-route.js';

/**
 * Writes a route that leads to an integration which serves it. What this driver knows of integrations may be some seconds old:
 * where another writer deleted this one meanwhile, another serves the route.
 */
export async function overIntegration<T>(
  session: RouteSession,
  request: RouteCall,
  ctx: CallContext,
  kept: IntegrationOutput | undefined,
  write: (integration: UsedIntegration) => Promise<T>,
): Promise<T> {
  const integration = await ensureIntegration(session, request, ctx, kept);
  try {
    const written = await write(integration);
    session.made.used(integration.id, ctx.clock);
    await leaveNamed(session, request, [integration.id, kept?.IntegrationId], ctx);
    return written;
  } catch (error) {
    // Lists may not show the new integration yet when the next run begins.
    if (integration.isNew && error instanceof CloudError) throw leaveUnfinished(error);
    if (!isPosternError(error, 'NOT_FOUND') || integration.isNew) throw error;

    session.made.forget(integration.id);
    return write(await ensureIntegration(session, request, ctx, kept));
  }
}

/**
 * Removes a route from the marks that named it with the first route of a batch, where it needs another integration: of a route that
 * exists, settings that are not declared stay, and only it shows them.
 */
async function leaveNamed(
  session: RouteSession,
  { gatewayId, key }: RouteCall,
  but: readonly (string | undefined)[],
  ctx: CallContext,
): Promise<void> {
  const named = session.made.of(gatewayId, ctx.clock).filter((one) => namesRoute(one, key));
  for (const one of named)
    if (!but.includes(one.IntegrationId)) await unnameRoutes(session, gatewayId, one, [userHash(key)], ctx);
}

/**
 * A route of an integration was deleted. With the last one that a run deletes of it the integration is deleted, or its mark does not name
 * them any more.
 */
export async function leaveDeleted(
  session: RouteSession,
  apiId: string,
  integration: IntegrationOutput,
  { key, owner, batch }: Pick<RouteCall, 'key' | 'owner' | 'batch'>,
  ctx: CallContext,
): Promise<void> {
  const id = integration.IntegrationId;
  if (isLeftLater(integration, key, batch)) return session.leaving.deleted(id, key);

  const gone = [...session.leaving.names(id), userHash(key)];
  session.leaving.forget(id);
  const isAlone = knownUsers(session, apiId, integration, ctx).every((user) => gone.includes(user));
  if (isAlone && (await deleteIntegration(session, apiId, id, ctx))) return;

  await leaveIntegration(session, apiId, integration, { gone, owner }, ctx);
}

/** Whether the mark of an integration names a route that is deleted after this one. */
function isLeftLater(integration: IntegrationOutput, key: string, batch: readonly string[] = []): boolean {
  const at = batch.indexOf(key);
  return at >= 0 && batch.slice(at + 1).some((later) => namesRoute(integration, later));
}

/** Whether the mark of an integration names no route but these. */
function usedByNoOther({ Description }: IntegrationOutput, hashes: readonly string[]): boolean {
  return usersOfMark(Description).every((user) => hashes.includes(user));
}

/**
 * Removes routes, by their hashes, from the mark of their former integration. One that names no other route is deleted, unless a route
 * still leads there: the service refuses that.
 */
export async function leaveIntegration(
  session: RouteSession,
  apiId: string,
  led: IntegrationOutput | undefined,
  { gone, owner }: Pick<RouteCall, 'owner'> & { readonly gone: readonly string[] },
  ctx: CallContext,
): Promise<void> {
  const id = led?.IntegrationId;
  if (led === undefined || id === undefined) return;

  if (isMarkOf(ownerOfIntegration(apiId, led), owner) && usedByNoOther(led, gone)) {
    // It was read before the route was changed: another writer may have taken the mark away since, or named a route.
    const now = await unlessGone(readIntegration(session, apiId, id, ctx));
    if (now === undefined || !isMarkOf(ownerOfIntegration(apiId, now), owner)) return;
    if (usedByNoOther(now, gone) && (await deleteIntegration(session, apiId, id, ctx))) return;
  }
  await unnameRoutes(session, apiId, led, gone, ctx);
}

/**
 * Another writer created the route first. An integration that was created for it is deleted, and the mark of one that other routes use
 * does not name it. The next routes of the same backend use the integration of that writer.
 */
export async function giveWay(
  session: RouteSession,
  { gatewayId, key, owner }: RouteCall,
  { id, isNew }: UsedIntegration,
  existing: RouteOutput | undefined,
  ctx: CallContext,
): Promise<void> {
  if (existing === undefined || integrationIdOf(existing) === id) return;

  const theirs = await getIntegration(session, gatewayId, integrationIdOf(existing), ctx);
  if (theirs !== undefined && isMarkOf(ownerOfIntegration(gatewayId, theirs), owner))
    session.made.add(gatewayId, theirs, ctx.clock);
  if (isNew) return void (await deleteIntegration(session, gatewayId, id, ctx));

  const named = await unlessGone(readIntegration(session, gatewayId, id, ctx));
  await unnameRoutes(session, gatewayId, named, [userHash(key)], ctx);
}
