import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { canaryAdvice, canaryRemedy } from './canary-remedy.js';
import { aboutThings, part, thing, type About } from '../../../do/findings/subject.js';
import { deployedStage, gatewayId } from '../../../do/kinds/gateway/gateway-spec.js';
import type { Gateway, Stage, StageCanary } from '../../../do/model/gateway.js';
import type { DeployedRoute } from '../../../do/world/routes/route-input.js';
import { routesOfStage } from '../../../do/world/routes/deployed-routes.js';
import { routeOnStage, type RouteOnStage } from '../../../do/world/routes/route-on-stage.js';
import type { IntegrationView, Missing, RegionIndex } from '../../../do/world/views.js';
import { declaredMark, type DeclaredMark } from './declared-mark.js';
import { unreadGateway } from './unread.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';
import { grouped } from '../../../ground/grouped.js';

const BY_APPLY = 'Run `postern apply`: it deploys the routes.';
const CANARY = 'a canary[ (deployment {canaryDeployment})] with {percent} % of the calls';

const CODES = {
  DEPLOYMENT_NOT_READ: unknown('stage {stage} of {gateway} shows the declared routes'),
  SHOWS_ROUTES: pass('stage {stage} of {gateway} shows the declared routes'),
  DEPLOYED_BY_APPLY: pass('`postern apply` deploys the routes of {gateway} to stage {stage}'),
  NEVER_DEPLOYED: fail(
    'the declared routes of {gateway} were not deployed to stage {stage} by this project: the stage may serve other routes',
    BY_APPLY,
  ),
  OLDER_ROUTES: fail(
    'stage {stage} of {gateway} serves other routes than the declared ones: they were changed after its deployment, or it was set back to an earlier deployment',
    BY_APPLY,
  ),
  CANARY_BLOCKS: fail(
    `stage {stage} of {gateway} {isShown?has to be deployed:does not show the declared routes} and has ${CANARY}: \`postern apply\` refuses to deploy to it`,
    '{canaryRemedy}. Then run `postern apply`.',
  ),
  CANARY_TAKES_CALLS: fail(
    `stage {stage} of {gateway} shows the declared routes, and has ${CANARY}: these calls get the routes of that deployment`,
    '{canaryRemedy}.',
    'warning',
  ),
};

export const gatewayUndeployed = defineCheck({
  id: 'gateway/undeployed',
  severity: 'error',
  title: 'The stage shows the declared routes',
  about:
    'Some gateways serve their routes as of a deployment. A change of a route has no effect until it is ' +
    'deployed. Each deployment of Postern carries a mark with a hash of the routes. The check compares the ' +
    'declared routes with what the deployment serves, as its export shows it, and with the mark: others may ' +
    'have deployed since. The result is unknown where the deployment was not read. Routes that `postern ' +
    'apply` still has to create or change are deployed with that change, so that they are no failure. Postern ' +
    'never overwrites a canary: if a stage with a canary needs a deployment, that is an error. A canary on a ' +
    'stage that shows the declared routes is a warning, because a part of the calls gets another deployment.',
  codes: CODES,
  *run(input, say) {
    for (const views of byGateway(input.integrations)) {
      const [first] = views;
      if (first === undefined) continue;

      const { gateway, link, spec, unresolved } = first;
      const id = gatewayId(spec.gateway);
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : undefined;
      const declared = gateway && declaredMark(input, gateway);
      for (const [name, users] of stagesOf(views)) {
        const only = users.length === 1 ? users[0] : undefined;
        const about = aboutThings(only, thing('gateway', id), part('stage', name));
        if (unread !== undefined) yield say.DEPLOYMENT_NOT_READ(about, { gateway: id, stage: name }, unread);
        const stage = gateway?.stages.find((one) => one.name === name);
        // `gateway/stage` reports a stage that does not exist.
        if (gateway === undefined || stage === undefined || declared === undefined) continue;

        const outcome = ofStage(say, { region: link.region, gateway, stage, about }, declared);
        if (outcome !== undefined) yield outcome;
      }
    }
  },
});

/** Integrations whose routes Postern deploys to a stage that they name, by gateway: a deployment has all routes. */
function byGateway(integrations: readonly IntegrationView[]): Iterable<readonly IntegrationView[]> {
  const deployed = integrations.filter(
    ({ spec }) => deployedStage(spec.gateway) !== undefined && spec.owner !== 'external',
  );
  return grouped<IntegrationView, unknown>(deployed, (view) => view.gateway ?? view).values();
}

/** The stages that integrations name, each with the names of those. */
function stagesOf(views: readonly IntegrationView[]): ReadonlyMap<string, readonly string[]> {
  const stages = new Map<string, string[]>();
  for (const { name, spec } of views) {
    const stage = deployedStage(spec.gateway);
    if (stage !== undefined) stages.set(stage, [...(stages.get(stage) ?? []), name]);
  }
  return stages;
}

interface OfStage {
  readonly region: RegionIndex;
  readonly gateway: Gateway;
  readonly stage: Stage;
  readonly about: About;
}

/** Undefined where this project manages none of the routes: only a deployment of its own carries its mark. */
function ofStage(
  say: Say<typeof CODES>,
  { region, gateway, stage, about }: OfStage,
  declared: DeclaredMark,
): Outcome | undefined {
  const { name, deployed, deploymentId, canary } = stage;
  const params = { gateway: gateway.name || gateway.id, gatewayId: gateway.id, stage: name };
  const evidence = [{ kind: 'stage', id: name, text: deploymentText(stage) }];
  const notRead = (missing: Missing): Outcome => say.DEPLOYMENT_NOT_READ(about, params, missing, evidence);
  if (declared.is === 'none') return undefined;
  if (declared.is === 'unknown') return notRead(declared.missing);

  const answers = answersOf(region, gateway, stage, declared.routes);
  const isShown = answers.length > 0 && answers.every(({ serving }) => serving.is === 'same');
  const advice = canaryAdvice(stage, isShown);
  const isMarked = deployed === declared.mark;
  if (declared.is === 'known' && isMarked && isShown) {
    if (canary === undefined || canary.percent === 0 || canary.deploymentId === deploymentId) {
      return say.SHOWS_ROUTES(about, params, evidence);
    }

    return say.CANARY_TAKES_CALLS(
      about,
      { ...params, ...canaryFacts(canary), advice },
      { evidence, words: { canaryRemedy: canaryRemedy(gateway.id, advice) } },
    );
  }

  const missing = region.missing('gateways', gateway.id);
  if (missing !== undefined) return notRead(missing);

  const unlike = answers.filter(({ serving }) => serving.is === 'different' || serving.is === 'absent');
  const unread = answers.flatMap(({ serving }) => (serving.is === 'unknown' ? [serving.missing] : []))[0];
  if (declared.is === 'known' && isMarked && unlike.length === 0 && unread !== undefined) return notRead(unread);
  if (canary !== undefined) {
    return say.CANARY_BLOCKS(
      about,
      { ...params, ...canaryFacts(canary), isShown, advice },
      {
        evidence,
        severity: isShown ? 'warning' : undefined,
        words: { canaryRemedy: canaryRemedy(gateway.id, advice) },
      },
    );
  }
  // Routes that are not declared any more are deleted, or are deployed as they are.
  if (declared.is === 'changes' || declared.hasOthers || isShown) return say.DEPLOYED_BY_APPLY(about, params, evidence);

  return say[deployed === undefined ? 'NEVER_DEPLOYED' : 'OLDER_ROUTES'](about, params, {
    evidence,
    mendedBy: 'apply',
  });
}

/** What a stage itself, without its canary, serves in place of declared routes. A stage without a deployment serves none. */
function answersOf(
  region: RegionIndex,
  gateway: Gateway,
  stage: Stage,
  routes: readonly DeployedRoute[],
): readonly { readonly serving: RouteOnStage }[] {
  const own = routesOfStage(gateway, { ...stage, canary: undefined });
  return own.flatMap((on) => routes.map((wanted) => ({ serving: routeOnStage(region, gateway, on, wanted) })));
}

function canaryFacts({ percent, deploymentId }: StageCanary) {
  return { percent, canaryDeployment: deploymentId };
}

function deploymentText({ deploymentId, deployed, canary }: Stage): string {
  const own = `deployment ${deploymentId ?? 'none'}, ${deployed === undefined ? 'without the mark of this project' : `with the mark ${deployed}`}`;
  if (canary === undefined) return own;

  return `${own}; canary with deployment ${canary.deploymentId ?? 'none'} for ${canary.percent} % of the calls`;
}
