import { gatewayTraits } from '../../kinds/cloud/gateway-kinds.js';
import type { Clouds } from '../../kinds/cloud/clouds.js';
import { stagesNamed, gatewayId, isTemporaryRoute } from '../../kinds/gateway/gateway-spec.js';
import type { Denial, Gateway, GatewaySpec, ServedRoutes, Stage } from '../../model/gateway.js';
import type { Route } from '../../model/route.js';
import { mayDelete, ownershipOf } from '../../model/ownership.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import type { Spec } from '../../spec.js';

/** What callers of a stage get. */
export interface StageRoutes {
  readonly stage: Stage;
  /** The part of the calls that its canary takes; undefined: the stage's own deployment. */
  readonly canaryPercent?: number | undefined;
  /** Undefined where it was not read. */
  readonly routes?: readonly Route[] | undefined;
  /** Whether the routes are those of a deployment, which may differ from the gateway's own. */
  readonly isDeployed?: true | undefined;
  readonly denies?: Denial | undefined;
  /** Whether its deployment took the default endpoint away. */
  readonly endpoint?: ServedRoutes['endpoint'] | undefined;
}

/** What callers of a gateway get, by stage: of the stage that a reference names, or of each. */
export function stageRoutesOf(clouds: Clouds, gateway: Gateway, reference: GatewaySpec): readonly StageRoutes[] {
  if (!gatewayTraits(clouds, reference).routesNeedDeployment) return [];

  return stagesNamed(gateway, reference).flatMap((stage) => routesOfStage(gateway, stage));
}

/**
 * What callers of a stage get: of its deployment, and of its canary. A stage with automatic deployment shows the gateway's own
 * routes. A stage without a deployment serves nothing.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export function routesOfStage(gateway: Gateway, stage: Stage): readonly StageRoutes[] {
  const { autoDeploy, deploymentId, served, canary } = stage;
  // An API without routes is not deployed: the stage keeps its last deployment.
  if (autoDeploy && (gateway.routes.length > 0 || deploymentId === undefined)) return [{ stage, ...shown(gateway) }];
  if (deploymentId === undefined) return [];

  const { percent = 0 } = canary ?? {};
  const isDeployed = true;
  const own = percent < 100 ? [{ stage, isDeployed, ...shown(served), endpoint: served?.endpoint } as const] : [];
  return percent > 0 ? [...own, { stage, isDeployed, canaryPercent: percent, ...shown(canary?.served) }] : own;
}

function shown(served: Pick<StageRoutes, 'routes' | 'denies'> | undefined): Pick<StageRoutes, 'routes' | 'denies'> {
  return served === undefined ? {} : { routes: served.routes, denies: served.denies };
}

/** Whether the region of a place is not one of the spec's links. */
export function isElsewhere({ access }: Pick<RegionSnapshot, 'access'>): boolean {
  return access?.length === 0;
}

/** Whether a gateway that no integration names has routes or integrations with the mark of the spec. */
export function isLeftOn(gateway: Gateway, spec: Pick<Spec, 'project' | 'spec' | 'integrations'>): boolean {
  const isNamed = Object.values(spec.integrations).some((one) => gatewayId(one.gateway) === gateway.id);
  const marks = [...gateway.routes, ...(gateway.integrations ?? [])].map(({ owner }) => owner);
  return !isNamed && marks.some((mark) => ownershipOf(mark, spec) === 'own');
}

/** The routes of a gateway with the mark of a spec that does not declare them. */
export function leftRoutes(gateway: Gateway, spec: Pick<Spec, 'project' | 'spec' | 'integrations'>): readonly Route[] {
  const here = Object.values(spec.integrations).filter((one) => gatewayId(one.gateway) === gateway.id);
  const declared = new Set(here.flatMap(({ routes }) => Object.keys(routes)));
  return gateway.routes.filter(
    (route) => !declared.has(route.key) && !isTemporaryRoute(route) && mayDelete(route.owner, spec),
  );
}
