import { isMarkOf, isPosternError, readUntil, unlessGone, userHash } from '@postern/core/internal/adapter';
import type { RouteCall, CallContext } from '@postern/core/internal/adapter';
import type { IntegrationOutput, RouteOutput } from '../sdk-types.js';
import { STALENESS_MS } from '../limits.js';
import { ownerOfIntegration, unnameRoutes, type RouteSession } from './integration-marks.js';
import {
  deleteIntegration,
  ensureIntegration,
  getIntegration,
  readIntegration,
  type FormerRoute,
  type UsedIntegration,
} from './integration.js';
import { integrationIdOf } from './read-route.js';

/** How often an integration is chosen that another writer has deleted meanwhile. */
const TRIES = 5;

/**
 * Writes a route that leads to an integration which serves it. What this driver knows of integrations may be some seconds old, and
 * another writer deletes one that no route uses yet: then another one serves the route.
 */
export async function overIntegration<T>(
  session: RouteSession,
  request: RouteCall,
  ctx: CallContext,
  former: FormerRoute | undefined,
  write: (integration: UsedIntegration) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const integration = await ensureIntegration(session, request, ctx, former);
    try {
      const written = await write(integration);
      session.made.used(integration.id, ctx.clock);
      return written;
    } catch (error) {
      const isGone =
        isPosternError(error, 'NOT_FOUND') && attempt < TRIES && (await hasGone(session, request, integration, ctx));
      if (!isGone) throw error;

      session.made.forget(integration.id);
    }
  }
}

/** Whether an integration does not exist: what is not found may be the API, or the authorizer. Reads may show it for a while. */
async function hasGone(
  session: RouteSession,
  { gatewayId }: RouteCall,
  { id }: UsedIntegration,
  ctx: CallContext,
): Promise<boolean> {
  const read = () => unlessGone(readIntegration(session, gatewayId, id, ctx));
  return (await readUntil(read, (one) => one === undefined, STALENESS_MS, ctx)) === undefined;
}

/**
 * A route of an integration was deleted, or has another one now. With the last route that a run changes so, the integration is deleted, unless
 * a route still leads there: the service refuses that. The mark of one that stays does not name them any more.
 */
export async function leaveIntegration(
  session: RouteSession,
  apiId: string,
  integration: IntegrationOutput | undefined,
  { key, owner, batch = [] }: Pick<RouteCall, 'key' | 'owner' | 'batch'>,
  ctx: CallContext,
): Promise<void> {
  if (integration !== undefined) session.leaving.left(apiId, owner, integration, key);
  if (batch.indexOf(key) < batch.length - 1 && batch.includes(key)) return;

  for (const { integration: led, keys } of session.leaving.take(apiId, owner)) {
    if (isMarkOf(ownerOfIntegration(apiId, led), owner)) {
      // It was read before the routes left it: another writer may have taken the mark away since. A read may be older, and not show it.
      const now = await getIntegration(session, apiId, led.IntegrationId, ctx);
      if (now === undefined || !isMarkOf(ownerOfIntegration(apiId, now), owner)) continue;
      if (await deleteIntegration(session, apiId, led.IntegrationId, ctx)) continue;
    }
    await unnameRoutes(session, apiId, led, keys.map(userHash), ctx);
  }
}

/**
 * Another writer created the route first. An integration that was created for it is deleted. The next routes of the same backend use
 * the integration of that writer.
 */
export async function giveWay(
  session: RouteSession,
  { gatewayId, owner }: RouteCall,
  { id, isNew }: UsedIntegration,
  existing: RouteOutput | undefined,
  ctx: CallContext,
): Promise<void> {
  if (existing === undefined || integrationIdOf(existing) === id) return;

  const theirs = await getIntegration(session, gatewayId, integrationIdOf(existing), ctx);
  if (theirs !== undefined && isMarkOf(ownerOfIntegration(gatewayId, theirs), owner))
    session.made.add(gatewayId, theirs, ctx.clock);
  if (isNew) await deleteIntegration(session, gatewayId, id, ctx);
}
