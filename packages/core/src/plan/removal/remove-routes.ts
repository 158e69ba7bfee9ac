import { gatewayRef } from '../../model/reference.js';
import type { Gateway } from '../../model/gateway.js';
import type { Owner } from '../../model/owner.js';
import type { Route } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { deployMark } from '../../world/routes/deploy-mark.js';
import { routeKeyOf, type Draft } from '../draft.js';
import { leftRoutes, sweepStep } from './leftovers.js';
import type { Step } from '../plan.js';
import { step } from '../step-input.js';
import { gatewayUnit, unitRef } from '../unit-ref.js';
import type { DeployedRoute } from '../../world/routes/route-input.js';
import { routesNeedDeployment } from '../../kinds/gateway/gateway-kinds.js';

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
