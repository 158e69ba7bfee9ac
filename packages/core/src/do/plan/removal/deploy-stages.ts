import type { Clouds } from '../../kinds/cloud/clouds.js';
import { gatewayRef } from '../../model/reference.js';
import { InvalidInputError } from '../../../ground/errors.js';
import { isTemporaryRoute } from '../../kinds/gateway/gateway-spec.js';
import type { Gateway, Stage } from '../../model/gateway.js';
import { markStart } from '../../model/marks.js';
import type { Route } from '../../model/route.js';
import type { RegionSnapshot } from '../../snapshot/snapshot.js';
import { deployMark, hasSameRoutes } from '../../world/routes/deploy-mark.js';
import type { PlanPart, PlanScope } from '../plan-scope.js';
import { sweepStep } from './undeclared-routes.js';
import type { Step } from '../plan.js';
import { step, type ForgetStageInput } from '../step-input.js';
import { untestedRoutes } from './remove-routes.js';
import { type RouteChanges, gatewayUnitRef } from '../references.js';
import { indexRegion } from '../../world/index/region-index.js';
import type { DeployedRoute } from '../../world/routes/route-input.js';
import { routesOfStage } from '../../world/routes/deployed-routes.js';
import { routeOnStage } from '../../world/routes/route-on-stage.js';
import { sidesOf } from '../../world/routes/setting-text.js';
import { fewText } from '../../../ground/text/quantities.js';

/** What `deployStages` needs besides the routes. */
export interface Deployment {
  readonly changed: boolean;
  /** The managed routes that the spec declares: what the stages are to serve. */
  readonly declared?: readonly DeployedRoute[] | undefined;
  /** Those of the routes that the plan adopts: the stages need no deployment for them. */
  readonly adopted?: readonly DeployedRoute[] | undefined;
  /** How many routes the gateway has then. */
  readonly remaining: number;
  readonly after: readonly string[];
  /** The plan deletes all that the spec has. */
  readonly ends?: boolean | undefined;
  /** The stages that the spec names, where routes of the gateway's kind are deployed to named ones. */
  readonly stages: readonly string[];
}

export interface DeployedStages {
  readonly part: Pick<PlanPart, 'units' | 'notes'>;
  readonly changes: Pick<RouteChanges, 'deploying' | 'shown'>;
}

/**
 * One deployment for each stage that does not deploy automatically and does not show the routes as they
 * will be, and the removal of managed resources that no route uses. A gateway without any route
 * (`remaining`) cannot be deployed: "At least one route is required before deploying the Api". A stage that the
 * project created is deleted then.
 * @throws {InvalidInputError} `CANARY_ACTIVE` for a stage with a canary that needs a deployment, or is to be deleted.
 */
export function deployStages(
  scope: PlanScope,
  leaving: RouteChanges['leaving'],
  region: RegionSnapshot,
  gateway: Gateway,
  routes: readonly DeployedRoute[],
  options: Deployment,
): DeployedStages {
  const unit = gatewayUnitRef(region, gateway);
  const { adopted = [] } = options;
  const deploying = new Set<string>();
  const notes: string[] = [];
  const steps: Step[] = [];
  const stages = stagesOf(scope.clouds, gateway, options.stages);
  const isDeployed = ({ autoDeploy }: Stage): boolean =>
    !autoDeploy && scope.clouds.gateway(gateway.kind).routesNeedDeployment;
  // It takes all routes of the gateway.
  const mark = [...gateway.stages, ...stages].some(isDeployed) ? deployMark(scope, routes) : undefined;
  // The last spec with routes on a stage removes it, also where another spec of the project created it.
  const left =
    options.remaining > 0 || scope.prune === false ? [] : gateway.stages.filter((one) => isCreatedBy(scope, one));
  if (scope.prune !== false && options.remaining > 0 && options.ends === true) {
    for (const { name } of gateway.stages.filter((one) => isCreatedBy(scope, one))) {
      notes.push(`stage ${name} of ${gateway.id}, created by this project, is kept: it serves other routes, too`);
    }
  }
  for (const stage of new Set([...stages, ...left])) {
    if (!isDeployed(stage)) continue;

    const { name, deployed, deploymentId, createdBy } = stage;
    // A part of a spec does not know the settings of the other routes.
    const isShown = scope.prune === false ? hasSameRoutes(deployed, mark) : deployed === mark;
    const unlike = unlikeDeclared(scope.clouds, region, gateway, stage, options.declared ?? []);
    const forgets = options.ends === true && isLeft(scope, gateway, stage);
    const forget = (): void => {
      if (forgets) steps.push(forgetStageStep(scope, gateway, stage, 'the spec ends, and the stage is kept'));
    };
    const stale = (deployed === undefined ? routes.length > 0 : !isShown) || unlike !== undefined;
    if (!(options.changed || stale || left.includes(stage))) {
      forget();
      continue;
    }

    const resource = { type: 'stage', name: `${gateway.id} ${name}`, id: deploymentId } as const;
    const place = { gatewayRef: gatewayRef(gateway), stage: name, project: scope.project, spec: scope.spec };
    if (options.remaining === 0) {
      if (createdBy?.project === scope.project) {
        refuseCanary(gateway, stage);
        const reason = 'it was created for routes of this project, and the gateway has none any more';
        const by = { ...place, spec: createdBy.spec };
        steps.push(step({ id: `delete stage ${name} of ${gateway.id}`, kind: 'delete', resource, reason }, by));
        deploying.add(`${unit.id} ${name}`);
      } else if (options.changed) {
        notes.push(`stage ${name} of ${gateway.id} serves its last routes until others are deployed`);
        forget();
      }
      continue;
    }
    if (
      !options.changed &&
      unlike === undefined &&
      deploymentId !== undefined &&
      servesAllBut(adopted, stage, scope, routes)
    ) {
      const reason = 'it serves the adopted routes; only the record of that is written';
      steps.push(
        step({ id: `adopt stage ${name} of ${gateway.id}`, kind: 'adopt', resource, reason }, { ...place, routes }),
      );
      continue;
    }

    refuseCanary(gateway, stage);
    const reason = options.changed
      ? 'its routes change, and it does not deploy automatically'
      : gateway.stages.includes(stage)
        ? (unlike ?? 'it serves older routes')
        : 'the stage does not exist';
    const tests = untestedRoutes(scope, { leaving }, region, gateway, name);
    const input = {
      ...place,
      routes,
      // The mark does not show that it serves other routes: it is not the deployment that is wanted.
      replaces: isShown && unlike !== undefined ? deploymentId : undefined,
      tests: tests.length === 0 ? undefined : tests,
      flushes: (stage.cache?.calls ?? []).length === 0 ? undefined : (true as const),
      forgets: forgets ? (true as const) : undefined,
    };
    steps.push(step({ id: `deploy ${gateway.id} to ${name}`, kind: 'deploy', resource, reason }, input));
    deploying.add(`${unit.id} ${name}`);
  }
  const sweep = scope.isPart === true ? undefined : sweepStep(gateway, scope, routes);
  if (sweep !== undefined) steps.push(sweep);
  return {
    part: { units: [{ unit, region, steps, dependsOn: options.after }], notes },
    changes: { deploying, shown: new Map(options.changed || mark === undefined ? [] : [[unit.id, mark]]) },
  };
}

/**
 * The stages that routes are deployed to: where a spec names them, those that it names, which may not exist yet, and
 * those that the project deployed to before.
 */
function stagesOf(clouds: Clouds, gateway: Gateway, named: readonly string[]): readonly Stage[] {
  const { stages, kind } = gateway;
  if (clouds.gateway(kind).stageIsNamed !== true) return stages;

  const known = stages.filter(({ name, deployed }) => named.includes(name) || deployed !== undefined);
  const missing = named.filter((name) => !stages.some((stage) => stage.name === name));
  return [...known, ...missing.map((name) => ({ name, autoDeploy: false }))];
}

/**
 * How the deployment of a stage differs from what is declared, as the reason of a deployment; undefined where it does not, or was
 * not read. What its canary serves is not looked at: a stage with a canary is not deployed.
 */
function unlikeDeclared(
  clouds: Clouds,
  region: RegionSnapshot,
  gateway: Gateway,
  stage: Stage,
  declared: readonly DeployedRoute[],
): string | undefined {
  const index = indexRegion(region, clouds);
  const own = routesOfStage(gateway, stage).filter(({ canaryPercent }) => canaryPercent === undefined);
  const texts = own.flatMap((on) =>
    declared.flatMap((wanted) => {
      const serving = routeOnStage(index, gateway, on, wanted);
      if (serving.is === 'absent') return [`${wanted.key} is missing`];
      if (serving.is !== 'different') return [];

      return serving.differences
        .map((one) => sidesOf(one))
        .map(({ label, from, to }) => `${label} of ${wanted.key} is ${from}, declared is ${to}`);
    }),
  );
  if (texts.length > 0) return `its deployment differs from the spec: ${fewText(texts)}`;

  const tests = stage.canary === undefined ? own.flatMap(({ routes = [] }) => routes.filter(isLeftTest(gateway))) : [];
  return tests.length === 0 ? undefined : `it serves the route of a test that has ended: ${tests[0]?.key}`;
}

/** Another writer deployed during a test: its route does not exist any more, and the stage uses its link. */
function isLeftTest({ routes }: Gateway): (route: Route) => boolean {
  const keys = new Set(routes.map(({ key }) => key));
  return (route) => isTemporaryRoute(route) && !keys.has(route.key);
}

/** Whether a stage needs no deployment for the routes that are not adopted. */
function servesAllBut(
  adopted: readonly DeployedRoute[],
  { deployed }: Stage,
  scope: PlanScope,
  routes: readonly DeployedRoute[],
): boolean {
  if (adopted.length === 0) return false;

  const others = routes.filter((one) => !adopted.includes(one));
  if (deployed === undefined) return others.length === 0;

  const mark = deployMark(scope, others);
  return scope.prune === false ? hasSameRoutes(deployed, mark) : deployed === mark;
}

/** Whether a stage that a spec deployed to, and that the project did not create, has its mark in tags. */
function isLeft(scope: PlanScope, { kind }: Gateway, { deployed, createdBy }: Stage): boolean {
  const isNamed = scope.clouds.gateway(kind).stageIsNamed === true;
  return isNamed && createdBy?.project !== scope.project && deployed?.startsWith(markStart(scope)) === true;
}

/** Removes the marks of a spec from a stage, which is kept. */
export function forgetStageStep(
  { project, spec }: PlanScope,
  gateway: Gateway,
  { name, deploymentId }: Stage,
  reason: string,
): Step {
  const input: ForgetStageInput = { gatewayRef: gatewayRef(gateway), stage: name, project, spec };
  const resource = { type: 'stage', name: `${gateway.id} ${name}`, id: deploymentId } as const;
  return step({ id: `forget stage ${name} of ${gateway.id}`, kind: 'tag', resource, reason }, input);
}

function isCreatedBy({ project }: PlanScope, { createdBy }: Stage): boolean {
  return createdBy?.project === project;
}

function refuseCanary({ id }: Gateway, { name, canary }: Stage): void {
  if (canary === undefined) return;

  throw new InvalidInputError(
    'CANARY_ACTIVE',
    `stage ${name} of ${id} has a canary with ${canary.percent} % of the calls`,
    {
      remedy: 'Promote the canary or remove it, then plan again. Postern never overwrites a canary.',
      details: { gatewayId: id, stage: name, deploymentId: canary.deploymentId },
    },
  );
}
