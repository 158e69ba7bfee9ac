import { UnsupportedError, type CallContext, type MoveUnit } from '@postern/core/adapter';
import type { Session } from '../client/session.js';
import { listDeployments } from '../gateway/deployment.js';
import { listRoutes } from '../gateway/read-route.js';
import { descriptionOver, findCopy } from './http-copy.js';
import { leftBefore } from './http-marks.js';
import { readIntegration } from './http-routes.js';
import { manualStages } from './http-stages.js';
import type { HttpCaptured, HttpPrepared } from './http-state.js';
import type { Kept } from './move-doors.js';

/**
 * What routes were before they moved, without a record: the plan names their integration, its copy names it, and the
 * deployments of a move name the one that they follow.
 */
export async function recapture(
  session: Session,
  unit: MoveUnit,
  ctx: CallContext,
): Promise<Kept<HttpCaptured, HttpPrepared>> {
  const { gateway, from, to, integration, routes: keys = [] } = unit;
  if (integration === undefined) {
    throw new UnsupportedError(`${unit.id}: the plan does not name its integration, and the journal is missing`, {
      remedy: 'Set the targets of its routes by hand.',
    });
  }
  const apiId = gateway.id;
  const [list, original, served, deployments] = await Promise.all([
    listRoutes(session, apiId, ctx),
    readIntegration(session, apiId, integration, ctx),
    manualStages(session, apiId, ctx),
    listDeployments(session, apiId, ctx),
  ]);
  const inPlace = original.ConnectionId === to.id;
  const copy = inPlace ? undefined : await findCopy(session, apiId, original, to.id, ctx);
  const prepared = inPlace ? integration : copy?.IntegrationId;
  return {
    captured: {
      integrationId: integration,
      description: inPlace ? descriptionOver(apiId, original, from.id) : (original.Description ?? ''),
      isAll: inPlace,
      routes: list
        .filter(({ RouteKey = '' }) => keys.includes(RouteKey))
        .map(({ RouteId: id = '', RouteKey: key = '' }) => ({ id, key })),
      stages: served.map(({ name, deploymentId }) => ({
        name,
        deploymentId: leftBefore(unit, deploymentId, deployments),
      })),
    },
    prepared: prepared === undefined ? undefined : { integrationId: prepared, inPlace },
  };
}
