import { unlessGone, type MovePosition, type MoveUnit, type CallContext } from '@postern/core/internal/adapter';
import type { RouteOutput, IntegrationShape } from '../../sdk-types.js';
import type { Session } from '../../client/session.js';
import { readIntegration } from '../integration.js';
import { exportedRoutes } from '../deployed-routes.js';
import { listRoutes, integrationIdOf } from '../read-route.js';
import { hasSettingsOf, descriptionOver } from './http-copy.js';
import { deployedStages } from './http-stages.js';
import type { HttpCaptured, HttpPrepared } from './http-state.js';
import { ownerOfIntegration } from '../integration-marks.js';
import { changedMeanwhile } from '../../move-methods.js';

/**
 * Where calls of the routes go now, by link and target: another writer may have led a route over the same link by another
 * integration. Of routes that are on both links, the share on the new one is reported. Routes and stages that do not exist any more,
 * and routes that another writer has led over a third link, do not count beside others.
 */
export async function where(
  session: Session,
  unit: MoveUnit,
  captured: HttpCaptured,
  prepared: HttpPrepared | undefined,
  ctx: CallContext,
): Promise<MovePosition> {
  const [list, served] = await Promise.all([
    listRoutes(session, unit.gateway.id, ctx),
    deployedStages(session, unit, captured.stages, ctx),
  ]);
  const targets = targetsOf(list);
  const sides = await sidesOf(session, unit, captured, prepared, targets, ctx);
  const others = sides.filter(({ link }) => link === 'other');
  const known = new Set(sides.map(({ key }) => key));
  const left = [
    ...others.map(({ key, found }) => `${key} of ${unit.gateway.id} is left as it is: ${found}`),
    ...(unit.routes ?? [])
      .filter((key) => !known.has(key))
      .map((key) => `${key} of ${unit.gateway.id} is left as it is: it was changed before the move`),
  ];
  if (others.length === sides.length) {
    const [first] = others;
    const exists = targets.size > 0 && others.some(({ id }) => targets.has(id));
    return { at: 'elsewhere', found: `${first?.key ?? ''}: ${first?.found ?? ''}`, ...(exists ? {} : { exists }) };
  }

  const isNew = sides.flatMap(({ link }) => (link === 'other' ? [] : [link === 'new']));
  for (const { name, deploymentId } of captured.stages) {
    const now = served.get(name);
    if (now === undefined) continue;
    if (now.hasUnit || now.deploymentId === deploymentId) {
      isNew.push(now.hasUnit);
      continue;
    }

    // Also of a deployment of the move whose mark was written when reads did not show the one before it.
    const link = await exportedSide(session, unit, captured, name, ctx);
    if (link === 'other' && !now.isOfMove)
      return { at: 'elsewhere', found: `stage ${name}: deployment ${now.deploymentId}` };

    isNew.push(link === 'new');
  }
  const moved = isNew.filter(Boolean).length;
  const rest = left.length === 0 ? {} : { left };
  if (moved === 0) return { at: 'old', ...rest };
  if (moved === isNew.length) return { at: 'new', ...rest };

  return { at: 'canary', percent: Math.round((100 * moved) / isNew.length), ...rest };
}

/** Which link the routes use in what a stage serves. */
async function exportedSide(
  session: Session,
  unit: MoveUnit,
  captured: HttpCaptured,
  stage: string,
  ctx: CallContext,
): Promise<RouteSide['link']> {
  const exported = await exportedRoutes(session, unit.gateway.id, stage, ctx);
  const byKey = new Map(exported.map(({ RouteKey, integration }) => [RouteKey, integration] as const));
  const links = new Set(
    captured.routes.flatMap(({ key }) => {
      if (!byKey.has(key)) return []; // another writer has deleted it

      const integration = byKey.get(key);
      return [integration === undefined ? 'other' : sideOf(unit, captured, undefined, '', integration).link];
    }),
  );
  const [link = 'other', ...others] = links;
  return others.length === 0 ? link : 'other';
}

/** Which link a route uses now, and in words what it uses. */
export interface RouteSide {
  readonly id: string;
  readonly key: string;
  readonly link: 'old' | 'new' | 'other';
  readonly found: string;
}

/** The link of each route that moves. `targets` has the integration of each route, by the route's ID. */
export async function sidesOf(
  session: Session,
  unit: MoveUnit,
  captured: HttpCaptured,
  prepared: HttpPrepared | undefined,
  targets: ReadonlyMap<string, string>,
  ctx: CallContext,
): Promise<readonly RouteSide[]> {
  const ids = [...new Set(captured.routes.flatMap(({ id }) => targets.get(id) || []))];
  const read = ids.map(async (id) => {
    const integration = await unlessGone(readIntegration(session, unit.gateway.id, id, ctx));
    return [id, sideOf(unit, captured, prepared, id, integration)] as const;
  });
  const sides = new Map(await Promise.all(read));
  return captured.routes.map(({ id, key }) => {
    const integration = targets.get(id);
    const none = { link: 'other' as const, found: integration === undefined ? 'no such route' : 'no integration' };
    return { id, key, ...(sides.get(integration ?? '') ?? none) };
  });
}

function sideOf(
  { from, to }: MoveUnit,
  { integrationId, uri }: HttpCaptured,
  prepared: HttpPrepared | undefined,
  id: string,
  integration: IntegrationShape | undefined,
): Pick<RouteSide, 'link' | 'found'> {
  const found = `integration ${id}`;
  if (integration === undefined) {
    // A read right after the creation may not show it yet.
    const isCopy = prepared?.inPlace === false && id === prepared.integrationId;
    return { link: isCopy ? 'new' : id === integrationId ? 'old' : 'other', found };
  }

  const { ConnectionId = '', IntegrationUri = '' } = integration;
  if (ConnectionId !== from.id && ConnectionId !== to.id) {
    return { link: 'other', found: `${found}: ${ConnectionId === '' ? 'no VPC link' : `VPC link ${ConnectionId}`}` };
  }
  if (uri !== undefined && IntegrationUri !== uri) {
    return { link: 'other', found: `${found}: VPC link ${ConnectionId}, target ${IntegrationUri}` };
  }

  return { link: ConnectionId === to.id ? 'new' : 'old', found };
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

/** Settings in which the copy differs from the original. */
export async function verify(
  session: Session,
  { gateway: { id: apiId }, to }: MoveUnit,
  { integrationId }: HttpCaptured,
  prepared: HttpPrepared | undefined,
  ctx: CallContext,
): Promise<readonly string[]> {
  if (prepared === undefined || prepared.inPlace) return [];

  const [before, after] = await Promise.all(
    [integrationId, prepared.integrationId].map((id) => unlessGone(readIntegration(session, apiId, id, ctx))),
  );
  if (before === undefined || after === undefined || hasSettingsOf(after, apiId, before, to.id)) return [];

  return [`Integration ${prepared.integrationId} of ${apiId} differs from ${integrationId} in its settings.`];
}

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
  return new Map(list.map((route) => [route.RouteId, integrationIdOf(route) ?? '']));
}
