import { deployedStage } from '../../kinds/gateway/gateway-kinds.js';
import { isTemporaryRoute } from '../../kinds/gateway/temporary-route.js';
import type { Gateway } from '../../model/gateway.js';
import type { Owner } from '../../model/owner.js';
import { mayDelete } from '../../model/ownership.js';
import { isSamePlace } from '../../model/product.js';
import { isSameRef } from '../../model/reference.js';
import type { Route } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import type { Problems } from '../../world/resolve/problems.js';
import type { ResolvedSpec } from '../../world/resolve/resolve.js';
import { deployedRoute } from '../../world/routes/deploy-mark.js';
import type { DeployedRoute } from '../../world/routes/route-input.js';
import { routeKeyOf, type Draft } from '../draft.js';
import type { IntegrationPlan } from '../plan-integration.js';
import { refuseProtectedRoutes } from '../protected.js';
import { refuseClashes } from '../guard/refuse-clashes.js';
import { unitRef } from '../unit-ref.js';
import { isRouteTest } from './route-test.js';
import { deployStages, removeRoutes } from './remove-routes.js';
import { unfinishedRoutes } from './undeclared-routes.js';
import { knownLinks } from './undeclared-links.js';

/** Deletes routes that are not declared any more, and deploys changed stages. */
export function planGateways(
  draft: Draft,
  region: RegionSnapshot,
  resolved: ResolvedSpec,
  integrations: readonly IntegrationPlan[],
  problems: Problems,
): void {
  const known = knownLinks(resolved);
  // Where only some gateways were read, one that no integration names was read by chance.
  const whole = resolved.snapshot.scope === 'all' && draft.isPart !== true;
  for (const gateway of region.gateways) {
    const here = integrations.filter(
      ({ resolved: one }) => isSameRef(one.gateway, gateway) && isSamePlace(one.region, region),
    );
    if (here.length === 0 && !whole) continue;
    const declared = new Set(here.flatMap(({ resolved: one }) => Object.keys(one.spec.routes)));
    const names = new Set(here.map(({ resolved: { name } }) => name));
    const may = (mark: Owner, route: Route): boolean =>
      mayDelete(mark, draft) || (draft.prune !== false && names.has(mark.integration) && isRouteTest(route, draft));
    const removed = removeRoutes(draft, region, gateway, declared, (id) => known.has(id), may);
    refuseProtectedRoutes(draft, gateway, resolved.spec, problems);
    refuseClashes(
      draft,
      gateway,
      here.map((plan) => plan.resolved),
      problems,
    );
    const kept = ownRoutes(draft, gateway, declared);
    const wanted = here.flatMap(({ deployed }) => deployed);
    const routes = [...wanted, ...kept];
    const leaving = gateway.routes.flatMap(({ id }) => draft.leaving.get(routeKeyOf(gateway, id)) ?? []);
    problems.gather(() => {
      deployStages(draft, region, gateway, routes, {
        changed: removed.some(isLasting) || here.some(({ steps, marked }) => steps.length > marked),
        adopted: here.flatMap(({ adopted }) => adopted),
        declared: wanted,
        remaining: gateway.routes.length - removed.length + here.reduce((sum, { created }) => sum + created, 0),
        stages: stagesNamed(here),
        after: [...leaving, ...here.map(({ resolved: { name } }) => unitRef('integration', name).id)],
      });
    });
  }
}

/** Whether the stages of a gateway are to show a route. */
function isLasting(route: Pick<Route, 'key'>): boolean {
  return !isTemporaryRoute(route);
}

/** The stages that the integrations of a gateway name. */
function stagesNamed(integrations: readonly IntegrationPlan[]): readonly string[] {
  const ours = integrations.filter(({ resolved: { spec } }) => spec.owner !== 'external');
  return [...new Set(ours.flatMap(({ resolved: { spec } }) => deployedStage(spec.gateway) ?? []))];
}

/**
 * Routes with this spec's mark that are neither declared nor deleted: a deployment contains them as well. Those without their
 * integration are left out: while one exists, the cloud refuses to deploy.
 */
function ownRoutes(draft: Draft, gateway: Gateway, declared: ReadonlySet<string>): readonly DeployedRoute[] {
  const unfinished = unfinishedRoutes(gateway);
  return gateway.routes
    .filter((route) => !declared.has(route.key) && isLasting(route) && !unfinished.has(route.id))
    .filter(({ owner }) => owner?.project === draft.project && owner.spec === draft.spec && owner.unbound !== true)
    .filter(({ id }) => !draft.leaving.has(routeKeyOf(gateway, id)))
    .map(deployedRoute);
}
