import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { undeployedWords } from './words/undeployed.words.js';
import { aboutThings, part, thing, type About } from '../../findings/subject.js';
import { deployedStage, gatewayId } from '../../kinds/gateway/gateway-kinds.js';
import type { Gateway, Stage, StageCanary } from '../../model/gateway.js';
import type { CheckInput, IntegrationView, Missing } from '../../world/views.js';
import { declaredMark, type DeclaredMark } from './declared-mark.js';
import { unreadGateway } from './unread.js';

const { fails, holds, unsure } = stating<(typeof undeployedWords)['says']>();

/** `gateway/undeployed`. */
export const gatewayUndeployed: Judgement = {
  id: 'gateway/undeployed',
  severity: 'error',
  *run(input) {
    for (const views of byGateway(input.integrations)) {
      const [first] = views;
      if (first === undefined) continue;
      const { gateway, link, spec, unresolved } = first;
      const id = gatewayId(spec.gateway);
      const unread = gateway === undefined ? unreadGateway(link.region, spec.gateway, unresolved) : undefined;
      const declared = gateway && declaredMark(input, link.region, views, gateway);
      for (const [name, users] of stagesOf(views)) {
        const only = users.length === 1 ? users[0] : undefined;
        const about = aboutThings(only, thing('gateway', id), part('stage', name));
        if (unread !== undefined) yield unsure(about, 'DEPLOYMENT_NOT_READ', { gateway: id, stage: name }, unread);
        const stage = gateway?.stages.find((one) => one.name === name);
        // `gateway/stage` reports a stage that does not exist.
        if (gateway === undefined || stage === undefined || declared === undefined) continue;
        const missing = link.region.missing('gateways', gateway.id);
        const outcome = ofStage({ input, gateway, stage, about, missing }, declared);
        if (outcome !== undefined) yield outcome;
      }
    }
  },
};

/** Integrations whose routes Postern deploys to a stage that they name, by gateway: a deployment has all routes. */
function byGateway(integrations: readonly IntegrationView[]): Iterable<readonly IntegrationView[]> {
  const groups = new Map<unknown, IntegrationView[]>();
  for (const view of integrations) {
    if (deployedStage(view.spec.gateway) === undefined || view.spec.owner === 'external') continue;
    const known = groups.get(view.gateway ?? view);
    if (known === undefined) groups.set(view.gateway ?? view, [view]);
    else known.push(view);
  }
  return groups.values();
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
  readonly input: CheckInput;
  readonly gateway: Gateway;
  readonly stage: Stage;
  readonly about: About;
  readonly missing: Missing | undefined;
}

/** Undefined where this project manages none of the routes: only a deployment of its own carries its mark. */
function ofStage({ input, gateway, stage, about, missing }: OfStage, declared: DeclaredMark): Statement | undefined {
  const { name, deployed, deploymentId, canary } = stage;
  const params = { gateway: gateway.name || gateway.id, gatewayId: gateway.id, stage: name };
  const evidence = [{ kind: 'stage', id: name, text: deploymentText(stage) }];
  if (declared.is === 'none') return undefined;
  if (declared.is === 'unknown') {
    return unsure(about, 'DEPLOYMENT_NOT_READ', params, declared.missing, { evidence });
  }
  if (declared.is === 'known' && deployed === declared.mark) {
    if (canary === undefined || canary.percent === 0 || canary.deploymentId === deploymentId) {
      return holds(input, about, 'SHOWS_ROUTES', () => ({ params, evidence }));
    }
    return fails(about, 'CANARY_TAKES_CALLS', {
      params: { ...params, ...canaryFacts(canary) },
      evidence,
      severity: 'warning',
    });
  }
  if (missing !== undefined) return unsure(about, 'DEPLOYMENT_NOT_READ', params, missing, { evidence });
  if (canary !== undefined) {
    return fails(about, 'CANARY_BLOCKS', { params: { ...params, ...canaryFacts(canary) }, evidence });
  }
  if (declared.is === 'changes' || (declared.is === 'known' && declared.hasOthers))
    return holds(input, about, 'DEPLOYED_BY_APPLY', () => ({ params, evidence }));
  return fails(about, deployed === undefined ? 'NEVER_DEPLOYED' : 'OLDER_ROUTES', { params, evidence });
}

function canaryFacts({ percent, deploymentId }: StageCanary) {
  return { percent, canaryDeployment: deploymentId };
}

function deploymentText({ deploymentId, deployed, canary }: Stage): string {
  const own = `deployment ${deploymentId ?? 'none'}, ${deployed === undefined ? 'without the mark of this project' : `with the mark ${deployed}`}`;
  if (canary === undefined) return own;
  return `${own}; canary with deployment ${canary.deploymentId ?? 'none'} for ${canary.percent} % of the calls`;
}
