import { gatewayRef } from '../../model/reference.js';
import type { Gateway } from '../../model/gateway.js';
import type { Link } from '../../model/link.js';
import type { Owner } from '../../model/owner.js';
import type { Route } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { deployMark } from '../../world/routes/deploy-mark.js';
import { routeKeyOf, unreadGateways, type Draft } from '../draft.js';
import { deleteLinkStep, leftRoutes, sweepStep } from './leftovers.js';
import { linkUsers } from '../links/link-users.js';
import { linkOwner } from '../../world/resolve/lost-marks.js';
import { markGroupStep } from '../links/mark-group.js';
import { ownerText } from '../../model/ownership.js';
import type { Step } from '../plan.js';
import { step } from '../step-input.js';
import { gatewayUnit, unitRef, type UnitRef } from '../unit-ref.js';
import type { DeployedRoute } from '../../world/routes/route-input.js';
import { routesNeedDeployment } from '../../kinds/gateway/gateway-kinds.js';
import { traitsOfLink } from '../../kinds/traits.js';

/** Why a link that is to be deleted is kept: a replacement would have to be bought. As text. */
export function keptForMoney(draft: Draft, link: Link): string | undefined {
  if (!traitsOfLink(link).linksCostMoney || draft.deleteInstances === true || link.state === 'deleting')
    return undefined;
  return `link ${link.id} (${link.name}) is kept: a replacement would have to be bought; --delete-instances also deletes it`;
}

/**
 * Adds the deletion of the project's routes that are not `declared`, in the unit of the integration that they belonged to.
 * Returns how many.
 */
export function removeRoutes(
  draft: Draft,
  region: RegionSnapshot,
  gateway: Gateway,
  declared: ReadonlySet<string>,
  knows: (linkId: string) => boolean,
  may?: (mark: Owner | undefined, route: Route) => boolean,
): number {
  const { routes, notes } = leftRoutes(region, gateway, draft, declared, knows, may);
  draft.notes.push(...notes);
  for (const { route, owner, step: deletion } of routes) {
    const unit = unitRef('integration', owner.integration);
    draft.units.add(unit, region, [deletion]);
    draft.leaving.set(routeKeyOf(gateway, route.id), unit.id);
    draft.unpublished.add(routeKeyOf(gateway, route.id));
  }
  return routes.length;
}

/**
 * Adds one deployment for each stage that does not deploy automatically and does not show the routes as they
 * will be. Adds the removal of managed resources that no route uses. A gateway without any route
 * (`remaining`) cannot be deployed: "At least one route is required before deploying the Api".
 */
export function deployStages(
  draft: Draft,
  region: RegionSnapshot,
  gateway: Gateway,
  routes: readonly DeployedRoute[],
  options: { readonly changed: boolean; readonly remaining: number; readonly after: readonly string[] },
): void {
  const mark = deployMark(draft, routes);
  const unit = gatewayUnit(region, gateway);
  if (!options.changed) draft.shown.set(unit.id, mark);
  const steps: Step[] = [];
  for (const { name, autoDeploy, deployed, deploymentId } of gateway.stages) {
    const stale = deployed === undefined ? routes.length > 0 : deployed !== mark;
    if (autoDeploy || !routesNeedDeployment(gateway) || !(options.changed || stale)) continue;
    if (options.remaining === 0) {
      if (options.changed)
        draft.notes.push(`stage ${name} of ${gateway.id} serves its last routes until others are deployed`);
      continue;
    }
    const resource = { type: 'stage', name: `${gateway.id} ${name}`, id: deploymentId } as const;
    const reason = options.changed
      ? 'its routes change, and it does not deploy automatically'
      : 'it serves older routes';
    const input = { gatewayRef: gatewayRef(gateway), stage: name, project: draft.project, spec: draft.spec, routes };
    steps.push(step({ id: `deploy ${gateway.id} to ${name}`, kind: 'deploy', resource, reason }, input));
    draft.deploying.add(`${unit.id} ${name}`);
  }
  const sweep = sweepStep(gateway, draft, routes);
  if (sweep !== undefined) steps.push(sweep);
  draft.units.add(unit, region, steps, options.after);
}

/**
 * Adds the deletion of a managed link, after all steps that stop its use. A link that is used by a
 * resource which is not removed in this run is kept, and the note about it is returned. Returns undefined
 * where the link is deleted, or is kept because it was bought.
 */
export function removeLink(
  draft: Draft,
  region: RegionSnapshot,
  link: Link,
  options: {
    readonly unit: UnitRef;
    readonly reason: string;
    readonly release: boolean;
    readonly after?: readonly string[] | undefined;
    readonly timeoutMs?: number | undefined;
  },
): string | undefined {
  const stays = (why: string): string => {
    draft.notes.push(why);
    return why;
  };
  const owner = linkOwner(region, link);
  if (owner === undefined) return undefined;
  const kept = keptForMoney(draft, link);
  if (kept !== undefined) {
    draft.notes.push(kept);
    return undefined;
  }
  const unread = unreadGateways(draft, region);
  if (unread !== undefined) {
    return stays(`link ${link.id} is kept: ${unread}, and may use it`);
  }
  const after = new Set(options.after);
  for (const user of linkUsers(draft, region, link)) {
    if (user.after === undefined) {
      return stays(`link ${link.id} is kept: ${user.text}; ${user.remedy}, then run again`);
    }
    for (const unit of user.after) after.add(unit);
  }
  for (const gateway of region.gateways) {
    const foreign = gateway.integrations?.find(
      ({ id, linkId, owner: whose }) =>
        linkId === link.id &&
        (whose?.project !== draft.project ||
          whose.spec !== draft.spec ||
          (whose.unbound === true && draft.prune !== true)) &&
        !gateway.routes.some(({ integrationId }) => integrationId === id),
    );
    if (foreign !== undefined) {
      return stays(
        `link ${link.id} is kept: integration ${foreign.id} of ${gateway.id} uses it and is ${ownerText(foreign.owner, draft)}`,
      );
    }
    if (sweepStep(gateway, draft) !== undefined) after.add(gatewayUnit(region, gateway).id);
  }
  const { reason, release, timeoutMs } = options;
  // The group of its allowlist is found by its marks after the link was deleted.
  const mark = release ? markGroupStep(region, link) : undefined;
  draft.units.add(
    options.unit,
    region,
    [...(mark === undefined ? [] : [mark]), deleteLinkStep(region, link, owner, { reason, release, timeoutMs })],
    [...after],
  );
  return undefined;
}
