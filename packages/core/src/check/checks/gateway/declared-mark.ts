import { madeOnce } from '../../../do/world/derived.js';
import type { Gateway } from '../../../do/model/gateway.js';
import { mayChange } from '../../../do/model/marks.js';
import { deployedRoute, deployMark } from '../../../do/world/routes/deploy-mark.js';
import {
  declaredRoute,
  formerNameOf,
  routeDifferences,
  type RouteDifference,
} from '../../../do/world/routes/route-differences.js';
import type { Route } from '../../../do/model/route.js';
import type { DeployedRoute } from '../../../do/world/routes/route-input.js';
import { unseen } from '../../../do/world/link-facts.js';
import type { CheckInput, Missing, IntegrationView } from '../../../do/world/views.js';
import { routesByKey, stageText, unreadDeployment } from '../../../do/world/routes/route-on-stage.js';
import { unreadTarget } from './unread.js';
import { wantedOf } from './declared-route.js';
import { unknown, type Say } from '../../../do/findings/say.js';
import type { About } from '../../../do/findings/subject.js';
import { stageRoutesOf } from '../../../do/world/routes/deployed-routes.js';
import type { Outcome } from '../../../do/findings/check.js';

/** The mark that a deployment of the routes of a spec carries. */
export type DeclaredMark =
  | {
      /** `changes`: routes have to be created or changed first. A plan that changes routes deploys them. */
      readonly is: 'known' | 'changes';
      readonly mark: string;
      /** The declared routes that the project manages, or would. */
      readonly routes: readonly DeployedRoute[];
      /** It has managed routes that are not declared, which a plan may delete. */
      readonly hasOthers: boolean;
    }
  | { readonly is: 'unknown'; readonly missing: Missing }
  /** The project manages none of the routes. */
  | { readonly is: 'none' };

/** The mark of the declared routes of a gateway, as a plan would write it; see `deployMark`. Made once for each gateway. */
export function declaredMark(input: CheckInput, gateway: Gateway): DeclaredMark {
  return madeOnce(input, 'declared marks', gateway, () => markOf(input, gateway));
}

function markOf({ spec, integrations }: CheckInput, gateway: Gateway): DeclaredMark {
  const views = integrations.filter((view) => view.gateway === gateway && view.spec.owner !== 'external');
  const [first] = views;
  if (first === undefined) return { is: 'none' };

  const routesOfGateway = routesByKey(first.link.region, gateway);
  const routes: DeployedRoute[] = [];
  const declared = new Set(views.flatMap((view) => Object.keys(view.spec.routes)));
  let missing: Missing | undefined;
  let changes = false;
  for (const view of views) {
    missing ??= unseen(view.link);
    for (const target of view.targets) {
      if (target.unresolved?.verdict === 'fail') changes = true;
      else if (target.unresolved !== undefined) missing ??= unreadTarget(target.name, target.unresolved);
      for (const key of target.routeKeys) {
        const route = routesOfGateway.get(key);
        if (route !== undefined && !mayChange(route.owner, spec)) continue;

        const wanted = wantedOf(view, target, key);
        routes.push(declaredRoute(wanted));
        changes ||=
          route === undefined || needsDeployment(route, routeDifferences(route, wanted, view.name, spec.spec));
      }
    }
  }
  if (routes.length === 0) return { is: 'none' };
  if (missing !== undefined) return { is: 'unknown', missing };

  // A managed route that is not declared any more is deleted, or is part of the deployment.
  const others = gateway.routes.filter(({ key, owner }) => {
    const isOurs = owner?.project === spec.project && owner.spec === spec.spec && owner.unbound !== true;
    return isOurs && !declared.has(key);
  });
  const mark = deployMark(spec, [...routes, ...others.map(deployedRoute)]);
  return { is: changes ? 'changes' : 'known', mark, routes, hasOthers: others.length > 0 };
}

/** The mark of a renamed integration changes in place, and needs no deployment. */
function needsDeployment({ owner }: Route, differences: readonly RouteDifference[]): boolean {
  return differences.some(({ field }) => field !== 'owner' || formerNameOf(owner) === undefined);
}

export const BY_HAND_CODES = {
  STAGES_BY_HAND: unknown(
    'the deployment of {names} of [{name} ({id})|{id}] serves the declared routes[, although the current routes differ ({differs:few})]',
  ),
};

/**
 * The deployments of an external integration's gateway that were not read: such a stage serves the routes as of its last deployment.
 * Yields nothing where all of them are known. `gateway/stage` reports a stage without any deployment.
 * @param differs the declared routes from which the current ones differ
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html
 */
export function* unreadStages(
  say: Say<typeof BY_HAND_CODES>,
  { spec, link: { region } }: IntegrationView,
  gateway: Gateway,
  about: About,
  differs: readonly string[],
): Generator<Outcome> {
  const { id, name, kind } = gateway;
  const unread = stageRoutesOf(region.clouds, gateway, spec.gateway).filter(({ routes }) => routes === undefined);
  const [first, ...others] = unread;
  if (first === undefined) return;

  const { exportedBy } = region.clouds.gateway(kind);
  const names = unread.map(stageText);
  const missing = unreadDeployment(region, gateway, [first, ...others]);
  const evidence = unread.map((one) => ({ kind: 'stage', id: stageText(one), text: 'has no automatic deployment' }));
  const mayDiffer = exportedBy !== undefined || differs.length > 0;
  yield say.STAGES_BY_HAND(about, { names, name, id, differs }, missing, {
    evidence,
    severity: mayDiffer ? undefined : 'warning',
  });
}
