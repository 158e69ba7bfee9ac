import type { CallContext } from '../../calls/call-context.js';
import { CloudError } from '../../errors.js';
import { usesOfLink, type LinkUse } from '../../imperative/link-uses.js';
import { movesAsOne } from '../../kinds/gateway/gateway-kinds.js';
import { isSameRef, type LinkRef } from '../../model/reference.js';
import { sharingGroup } from '../../plan/links/own-group.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { fewText } from '../../text/few-text.js';
import { requireComplete } from '../../world/resolve/gaps.js';
import { usesLink } from '../../world/uses/route-links.js';
import type { UnitTools } from './unit-tools.js';

/**
 * What a step looks for after its wait, and before it deletes or narrows: callers may have come meanwhile. No cloud deletes on
 * a condition, so a caller that comes between this look and the deletion is not seen.
 */
export async function refuseCallers({ driver }: UnitTools, link: LinkRef, ctx: CallContext): Promise<void> {
  const uses = usesOfLink(await gatewaysOf(driver, link, ctx), link).filter(isCalled);
  refuse(`link ${link.id}`, uses.flatMap(useTexts));
}

/** As {@link refuseCallers}, of a target. */
export async function refuseCallersOfTarget(
  { driver }: UnitTools,
  link: LinkRef,
  targetId: string,
  ctx: CallContext,
): Promise<void> {
  const { gateways } = await gatewaysOf(driver, link, ctx);
  const routes = gateways.flatMap((gateway) => gateway.routes.filter((route) => route.targetId === targetId));
  refuse(
    `target ${targetId}`,
    routes.map(({ key, gatewayId }) => routeText(key, gatewayId)),
  );
}

/** As {@link refuseCallers}, of a link that stays: routes that the plan did not see and this run did not write. */
export async function refuseNewCallers(
  { driver, planned, routeSteps }: UnitTools,
  link: LinkRef,
  ctx: CallContext,
): Promise<void> {
  const known = planned?.links.find((one) => isSameRef(one, link));
  const links = planned === undefined || known === undefined ? [link] : sharingGroup(planned, known);
  const seen = new Set(planned === undefined ? [] : routesOf(planned, links).map(({ id }) => id));
  const now = routesOf(await gatewaysOf(driver, link, ctx), links);
  const came = now.filter(
    ({ id, key, gateway }) => !seen.has(id) && !routeSteps(gateway).some(({ resource }) => resource.name === key),
  );
  refuse(
    `link ${link.id}`,
    came.map(({ key, gateway }) => routeText(key, gateway.id)),
  );
}

/** Their routes, each named by what it leads to. */
function routesOf({ gateways }: Pick<RegionSnapshot, 'gateways'>, links: readonly LinkRef[]) {
  return gateways.flatMap((gateway) =>
    gateway.routes
      .filter((route) => links.some(({ id }) => usesLink(gateway, route, id)))
      .map(({ key, targetId }) => ({ gateway, key, id: JSON.stringify([gateway.kind, gateway.id, key, targetId]) })),
  );
}

async function gatewaysOf(
  driver: UnitTools['driver'],
  { kind, id }: LinkRef,
  ctx: CallContext,
): Promise<RegionSnapshot> {
  const links = id === '' ? [] : [id];
  const region = await driver.observe({ allGateways: true, links, linkKinds: [kind] }, ctx);
  requireComplete(region, 'gateways');
  return region;
}

/** Drafts of a group that is on the link as a whole are called by nobody; an integration without routes neither. */
function isCalled({ gateway, stage, routeKeys }: LinkUse): boolean {
  return routeKeys.length > 0 && (stage !== undefined || !movesAsOne(gateway));
}

function useTexts({ gateway, stage, routeKeys }: LinkUse): readonly string[] {
  return routeKeys.map((key) => `${routeText(key, gateway.id)}${stage === undefined ? '' : ` (${stage})`}`);
}

function routeText(key: string, gatewayId: string): string {
  return `route ${key} of ${gatewayId}`;
}

function refuse(what: string, users: readonly string[]): void {
  if (users.length === 0) return;
  throw new CloudError('STILL_REFERENCED', `${what} has had a new caller since the plan: ${fewText(users)}`, {
    operation: 'look for callers',
    remedy: 'Plan again: what the caller needs is kept.',
    details: { dependents: users },
  });
}
