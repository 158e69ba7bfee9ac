import { unlessGone, type CallContext, type MovePosition, type MoveUnit } from '@postern/core/adapter';
import type { Session } from '../client/session.js';
import { listRoutes } from '../gateway/read-route.js';
import { hasSettingsOf } from './http-copy.js';
import { readIntegration, targetsOf } from './http-routes.js';
import { servedOn } from './http-stages.js';
import type { HttpCaptured, HttpPrepared } from './http-state.js';

/** Where calls of the routes go now. Of routes that are on both links, the share on the new one is reported. */
export async function where(
  session: Session,
  unit: MoveUnit,
  captured: HttpCaptured,
  prepared: HttpPrepared | undefined,
  ctx: CallContext,
): Promise<MovePosition> {
  const apiId = unit.gateway.id;
  const [list, served] = await Promise.all([
    listRoutes(session, apiId, ctx),
    servedOn(session, unit, captured.stages, ctx),
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
    if (now === undefined || (!now.isOfMove && now.deploymentId !== deploymentId)) {
      const found = now === undefined ? 'it does not exist' : `deployment ${now.deploymentId}`;
      return { at: 'elsewhere', found: `stage ${name}: ${found}` };
    }
    isNew.push(now.hasUnit);
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

/** Nothing is overwritten. A change in place is reported. */
export async function settle(
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
export async function verify(
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
