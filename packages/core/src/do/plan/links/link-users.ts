import type { Gateway, GatewayUse } from '../../model/gateway.js';
import type { Link } from '../../model/link.js';
import type { Route } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { deployedRoute, deployMark, hasSameRoutes } from '../../world/routes/deploy-mark.js';
import { SPEC_REMOVED, type PlanScope } from '../plan-scope.js';
import { routeKeyOf, type RouteChanges, gatewayUnitRef } from '../references.js';
import { mayBeCopy, ownershipOf } from '../../model/ownership.js';
import { isTemporaryRoute } from '../../kinds/gateway/gateway-spec.js';
import { fewText } from '../../../ground/text/quantities.js';
import { deployedUses, mayMean, usesLink } from '../../world/uses/gateway-uses.js';

/** A caller of a link, or a possible one: a live route, or routes that a manually deployed stage still serves. */
export interface LinkUser {
  readonly gateway: Gateway;
  /** The live route; undefined where a stage may serve routes of an older deployment. */
  readonly route?: Route | undefined;
  /** What it calls through the link; undefined where that was not read. */
  readonly targetIds?: readonly (string | undefined)[] | undefined;
  /** Whether it was read that it uses the link; else it may, because what a stage serves was not read. */
  readonly isSeen: boolean;
  /** As text: `route ANY /orders of a1b2c3 still uses it`. */
  readonly text: string;
  /**
   * The units after which it does not use the link any more; undefined where it keeps using the link after this run.
   */
  readonly after?: readonly string[] | undefined;
  /** The remedy for a caller that remains. */
  readonly remedy: string;
}

/**
 * All possible callers of `link` while the plan is executed: routes that are declared, moved off, dropped
 * from the spec or not the project's. A deployment is a copy of the routes: a stage that is deployed manually
 * calls through a link until it is deployed after the last route was moved. Where the deployed stages were read
 * (`Gateway.uses`), only those that use the link count; otherwise each that may serve older routes.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
 */
export function linkUsers(
  scope: PlanScope,
  changes: RouteChanges,
  region: RegionSnapshot,
  link: Link,
): readonly LinkUser[] {
  return region.gateways.flatMap((gateway) => {
    if (!mayMean(scope.clouds, region, gateway, link)) return [];

    const live = gateway.routes.filter((route) => usesLink(gateway, route, link.id));
    return [
      ...live.map((route) => userOf(scope, changes, gateway, route)),
      ...stageUsers(scope, changes, region, gateway, live, link),
    ];
  });
}

function userOf(scope: PlanScope, { leaving }: RouteChanges, gateway: Gateway, route: Route): LinkUser {
  const unit = leaving.get(routeKeyOf(gateway, route.id));
  const option = {
    own: mayBeCopy(route.owner, scope) ? '--prune (`prune` in a program)' : '--all (`all` in a program)',
    'other-spec': undefined,
    foreign: undefined,
  }[ownershipOf(route.owner, scope)];
  return {
    gateway,
    route,
    targetIds: [route.targetId],
    isSeen: true,
    text: `route ${route.key} of ${gateway.id} still uses it`,
    ...(unit === undefined ? {} : { after: [unit] }),
    remedy:
      scope.isPart === true
        ? 'plan the whole spec'
        : option === undefined
          ? 'delete or move that route'
          : `declare that route, or delete it with ${option}`,
  };
}

function stageUsers(
  scope: PlanScope,
  { leaving, deploying, shown }: RouteChanges,
  region: RegionSnapshot,
  gateway: Gateway,
  live: readonly Route[],
  link: Link,
): readonly LinkUser[] {
  if (!scope.clouds.gateway(gateway.kind).routesNeedDeployment) return [];

  const isRemoval = scope.reason === SPEC_REMOVED;
  const own = gateway.routes.filter((route) => ownershipOf(route.owner, scope) === 'own' && !isTemporaryRoute(route));
  const unit = gatewayUnitRef(region, gateway).id;
  // The mark takes all routes, and is needed only where a stage's deployment was not read.
  const isFresh = (deployed: string): boolean =>
    hasSameRoutes(deployed, shown.get(unit)) || hasSameRoutes(deployed, deployMark(scope, own.map(deployedRoute)));
  return gateway.stages.flatMap(({ name, autoDeploy, deployed }): readonly LinkUser[] => {
    if (autoDeploy) return [];

    const deploys = deploying.has(`${unit} ${name}`);
    const known = deployedUses(gateway, name);
    if (known !== undefined && 'uses' in known) {
      const uses = known.uses.filter(({ linkId }) => linkId === link.id);
      const isKept = scope.clouds.gateway(gateway.kind).stageIsNamed === true;
      return uses.length === 0 || (!deploys && isRemoval && !isKept)
        ? []
        : [userOfStage(gateway, name, uses, deploys, unit)];
    }

    // Without a deployment by the project, and without a route of its own, nothing shows that the stage ever
    // used this link.
    const stale = deployed === undefined ? own.length > 0 : !isFresh(deployed);
    const leave = live.some(({ id }) => leaving.has(routeKeyOf(gateway, id)));
    if (!stale && !leave) return [];

    // A removal of the spec is meant to end its calls, and a gateway without any route cannot be deployed.
    return !deploys && isRemoval ? [] : [userOfStage(gateway, name, undefined, deploys, unit)];
  });
}

/** A stage whose deployment uses the link like this; undefined: it was not read, and may use it. */
function userOfStage(
  gateway: Gateway,
  stage: string,
  uses: readonly GatewayUse[] | undefined,
  deploys: boolean,
  unit: string,
): LinkUser {
  const what =
    uses === undefined
      ? 'serves older routes, which may use it'
      : `is deployed with ${fewText(uses.map((use) => use.name))}, which still uses it`;
  return {
    gateway,
    targetIds: uses?.map(({ targetId }) => targetId),
    isSeen: uses !== undefined,
    text: `stage ${stage} of ${gateway.id} ${what}`,
    ...(deploys ? { after: [unit] } : {}),
    remedy: 'deploy that stage, or delete it; --all (`all` in a program) deploys a stage with routes',
  };
}
