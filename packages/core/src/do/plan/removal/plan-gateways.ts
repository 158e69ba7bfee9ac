import { deployedStage, isTemporaryRoute } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway } from '../../model/gateway.js';
import { isSamePlace } from '../../model/traits.js';
import { isSameRef } from '../../model/reference.js';
import type { Route } from '../../model/route.js';
import type { Spec } from '../../spec.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import type { Problems } from '../../world/resolve/problems.js';
import type { ResolvedSpec } from '../../world/resolve/resolve.js';
import { deployedRoute } from '../../world/routes/deploy-mark.js';
import type { DeployedRoute } from '../../world/routes/route-input.js';
import { isLeftOn } from '../../world/routes/deployed-routes.js';
import { joinParts, type PlanPart, type PlanScope } from '../plan-scope.js';
import type { IntegrationPlan } from '../plan-integration.js';
import { refuseProtectedRoutes } from '../finish-plan.js';
import { refuseClashes } from '../guard/purchases.js';
import { joinChanges, leavingUnits, routeKeyOf, type RouteChanges, unitRef } from '../references.js';
import { removeRoutes } from './remove-routes.js';
import { configureStages, deletedStages } from './configure-stages.js';
import { deployStages } from './deploy-stages.js';
import { unfinishedRoutes } from './undeclared-routes.js';
import { knownLinks } from './undeclared-links.js';

export interface GatewayPlan {
  readonly part: PlanPart;
  readonly changes: RouteChanges;
}

/** Deletes routes that are not declared any more, and deploys changed stages. The changes hold what integrations move, too. */
export function planGateways(
  scope: PlanScope,
  resolved: ResolvedSpec,
  integrations: readonly IntegrationPlan[],
  problems: Problems,
): GatewayPlan {
  const known = knownLinks(resolved);
  // Where only some gateways were read, one that no integration names was read for what the spec left there, or by chance.
  const isWhole = scope.isPart !== true && scope.prune !== false;
  const isPlanned = (gateway: Gateway): boolean =>
    (resolved.snapshot.scope === 'all' && scope.isPart !== true) || (isWhole && isLeftOn(gateway, resolved.spec));
  const plans = resolved.snapshot.regions.flatMap((region) =>
    region.gateways.flatMap((gateway) => {
      const here = integrations.filter(
        ({ resolved: one }) => isSameRef(one.gateway, gateway) && isSamePlace(one.region, region),
      );
      return here.length === 0 && !isPlanned(gateway)
        ? []
        : [planGateway(scope, { region, gateway, spec: resolved.spec, known }, here, problems)];
    }),
  );
  return {
    part: joinParts(plans.map(({ part }) => part)),
    changes: joinChanges(plans.map(({ changes }) => changes)),
  };
}

interface Here {
  readonly region: RegionSnapshot;
  readonly gateway: Gateway;
  readonly spec: Spec;
  /** The IDs of the links that the spec names by ID. */
  readonly known: ReadonlySet<string>;
}

function planGateway(
  scope: PlanScope,
  { region, gateway, spec, known }: Here,
  here: readonly IntegrationPlan[],
  problems: Problems,
): GatewayPlan {
  const declared = new Set(here.flatMap(({ resolved: one }) => Object.keys(one.spec.routes)));
  const removed = removeRoutes(scope, region, gateway, declared, (id) => known.has(id));
  const changes = joinChanges([movedRoutes(gateway, here), removed.changes]);
  refuseProtectedRoutes(scope, changes, gateway, spec, problems);
  refuseClashes(
    scope.clouds,
    changes,
    gateway,
    here.map((plan) => plan.resolved),
    problems,
  );
  const wanted = here.flatMap(({ deployed }) => deployed);
  const routes = [...wanted, ...ownRoutes(scope, changes, gateway, declared)];
  const after = [
    ...leavingUnits(changes, gateway),
    ...here.map(({ resolved: { name } }) => unitRef('integration', name).id),
  ];
  const created = here.reduce((sum, one) => sum + one.created, 0);
  const remaining = gateway.routes.length - removed.routes.length + created;
  const stages = problems.gather(() =>
    deployStages(scope, changes.leaving, region, gateway, routes, {
      changed: removed.routes.some(isLasting) || here.some(({ steps, marked }) => steps.length > marked),
      adopted: here.flatMap(({ adopted }) => adopted),
      declared: wanted,
      remaining,
      stages: stagesNamed(here),
      after,
    }),
  );
  const own = here.filter(({ resolved: one }) => one.spec.owner !== 'external').map(({ resolved: one }) => one.spec);
  const gone = removed.routes.map(({ key }) => key);
  return {
    part: joinParts([
      removed.part,
      stages?.part ?? {},
      configureStages(scope, region, gateway, {
        integrations: own,
        gone,
        remaining,
        after,
        deleted: deletedStages(stages?.part.units ?? []),
      }),
    ]),
    changes: joinChanges([changes, stages?.changes ?? {}]),
  };
}

/** The routes that the integrations of a gateway move off their links. */
function movedRoutes(gateway: Gateway, here: readonly IntegrationPlan[]): Pick<RouteChanges, 'leaving' | 'publishing'> {
  const moved = here.flatMap(({ resolved: { name }, moved: routes }) =>
    [...routes].map(([id, stages]) => ({
      key: routeKeyOf(gateway, id),
      unit: unitRef('integration', name).id,
      stages,
    })),
  );
  return {
    leaving: new Map(moved.map(({ key, unit }) => [key, unit])),
    publishing: new Map(moved.map(({ key, stages }) => [key, stages])),
  };
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
function ownRoutes(
  { project, spec }: PlanScope,
  { leaving }: RouteChanges,
  gateway: Gateway,
  declared: ReadonlySet<string>,
): readonly DeployedRoute[] {
  const unfinished = unfinishedRoutes(gateway);
  return gateway.routes
    .filter((route) => !declared.has(route.key) && isLasting(route) && !unfinished.has(route.id))
    .filter(({ owner }) => owner?.project === project && owner.spec === spec && owner.unbound !== true)
    .filter(({ id }) => !leaving.has(routeKeyOf(gateway, id)))
    .map(deployedRoute);
}
