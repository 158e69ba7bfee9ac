import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { aboutThings, thing, type About } from '../../../do/findings/subject.js';
import type { Gateway, GatewaySpec, Stage } from '../../../do/model/gateway.js';
import { stageRoutesOf } from '../../../do/world/routes/deployed-routes.js';
import { deployedStage, gatewayId, stagesOf } from '../../../do/kinds/gateway/gateway-spec.js';
import { routesByKey } from '../../../do/world/routes/route-on-stage.js';
import { mappingsTo } from '../../../do/world/routes/custom-domains.js';
import type { RegionIndex } from '../../../do/world/views.js';
import { unreadGateway } from './unread.js';
import { defineCheck } from '../define-check.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  GATEWAY_NOT_READ: unknown('{gateway} has a stage'),
  DEPLOYMENT_NOT_READ: unknown('{stages} of {gateway} ({gatewayId}) has a deployment'),
  POLICY_DENIES: fail(
    'the resource policy that stage {stage} of {gateway} ({gatewayId}) has denies every call: callers get status 403',
    'Allow execute-api:Invoke in the resource policy of {gatewayId}, and deploy it to {stage}.',
    'error',
  ),
  POLICY_DECIDES: unknown('the resource policy that stage {stage} of {gateway} ({gatewayId}) has allows the calls'),
  ENDPOINT_DISABLED: unknown('callers reach {gateway} ({gatewayId}), whose default endpoint is disabled'),
  BY_DOMAIN: pass('callers reach {gateway} ({gatewayId}), whose default endpoint is disabled, by {domain}'),
  NO_DOMAIN: fail(
    'the default endpoint of {gateway} ({gatewayId}) is disabled, and no custom domain that is usable leads to it: it cannot be called',
    'Map a custom domain to {gatewayId}, or enable its default endpoint.',
    'error',
  ),
  NO_DOMAIN_NEXT: fail(
    'the default endpoint of {gateway} ({gatewayId}) is disabled, and no custom domain that is usable leads to it: it cannot be called from the next deployment on',
    'Map a custom domain to {gatewayId}, or enable its default endpoint.',
    'warning',
  ),
  NEVER_DEPLOYED: fail(
    '{stages} of {gateway} ({gatewayId}) has no deployment{deploysItself? and no automatic deployment:}: its routes do not receive calls',
    '{who} to {stages}{isExternal?: (`postern apply` deploys its changes)}{deploysItself?, or enable automatic deployment:}.',
    undefined,
    'Deploy to {stages}{deploysItself?, or enable automatic deployment:}.',
  ),
  STAGES_EXIST: pass('{gateway} ({gatewayId}) has stages: {stages}'),
  STAGES_NOT_READ: unknown('{gateway} ({gatewayId}) has the stages that the spec needs'),
  STAGE_ABSENT: fail(
    '{gateway} ({gatewayId}) has no stage {lacking}',
    'Create the stage {lacking}[, or write {choice} under integrations.{integration}.gateway.{member}: {stages}].',
    'error',
    'Create the stage {lacking}.',
  ),
  STAGE_BY_APPLY: pass('{gateway} ({gatewayId}) has no stage {stage}, and `postern apply` creates it'),
  NO_STAGE: fail(
    '{gateway} ({gatewayId}) has no stage: it cannot be called',
    'Create a stage of {gatewayId}{deploysItself? ($default with automatic deployment fits most cases):, and deploy the routes to it}.',
  ),
};

export const gatewayStage = defineCheck({
  id: 'gateway/stage',
  severity: 'warning',
  title: 'The API has a stage that serves its routes',
  about:
    'Callers reach an API through a stage. An API without a stage answers 404 to every call, which is a ' +
    'warning. A stage serves the routes that were deployed to it. An API without its default endpoint is ' +
    'reached by custom domains only: where none leads to it, that is an error. A stage that the spec names ' +
    'and that does not exist is an error: publishing to it is refused.',
  codes: CODES,
  *run(input, say) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      if (gateway === undefined) {
        const id = gatewayId(spec.gateway);
        const unread = unreadGateway(link.region, spec.gateway, unresolved);
        if (unread !== undefined)
          yield say.GATEWAY_NOT_READ(aboutThings(name, thing('gateway', id)), { gateway: id }, unread);
        continue;
      }

      const about = aboutThings(name, thing('gateway', gateway.id));
      const on = { gateway: gateway.name || gateway.id, gatewayId: gateway.id };
      yield* refused(say, about, on, gateway, spec.gateway, link.region);
      const stages = gateway.stages.map((stage) => stage.name);
      const named = deployedStage(spec.gateway);
      const wanted = stagesOf(spec.gateway) ?? (named === undefined ? [] : [named]);
      const lacking = wanted.filter((stage) => !stages.includes(stage));
      const evidence = [{ kind: 'gateway', id: gateway.id, text: `stages: ${stages.join(', ') || 'none'}` }];
      const missing = link.region.missing('gateways', gateway.id);
      const isExternal = spec.owner === 'external';
      const { routesNeedDeployment, deploysItself = false } = input.clouds.gateway(gateway.kind);
      // `postern apply` deploys the routes that it creates.
      const isShown =
        gateway.stages.some(isDeployed) || (!isExternal && !hasAny(routesByKey(link.region, gateway), spec.routes));
      if (named !== undefined && lacking.length > 0 && missing === undefined && !isExternal)
        // A stage that Postern deploys to is created with the first deployment.
        yield say.STAGE_BY_APPLY(about, { ...on, stage: named }, evidence);
      else if (lacking.length > 0 && missing === undefined) {
        const member = named === undefined ? 'stages' : 'stage';
        const choice = named === undefined ? 'existing stages' : 'an existing stage';
        yield say.STAGE_ABSENT(
          about,
          { ...on, lacking, integration: name, stages, member },
          { evidence, words: { choice } },
        );
      } else if (lacking.length > 0 || (stages.length === 0 && missing !== undefined))
        yield say.STAGES_NOT_READ(about, on, missing, evidence);
      else if (stages.length === 0) yield say.NO_STAGE(about, { ...on, deploysItself }, evidence);
      else if (!routesNeedDeployment || isShown) yield say.STAGES_EXIST(about, { ...on, stages }, evidence);
      else if (missing !== undefined) yield say.DEPLOYMENT_NOT_READ(about, { stages, ...on }, missing, evidence);
      else {
        yield say.NEVER_DEPLOYED(
          about,
          { stages, ...on, deploysItself, isExternal },
          {
            evidence,
            severity: isExternal ? 'error' : undefined,
            words: { who: isExternal ? `Ask the owner of ${gateway.id} to deploy` : 'Deploy' },
          },
        );
      }
    }
  },
});

/** What lets no caller reach the routes, or not all of them, although a stage serves them. */
function* refused(
  say: Say<typeof CODES>,
  about: About,
  on: { readonly gateway: string; readonly gatewayId: string },
  gateway: Gateway,
  reference: GatewaySpec,
  region: RegionIndex,
): Generator<Outcome> {
  for (const { stage, routes, denies = routes === undefined ? gateway.denies : undefined } of stageRoutesOf(
    region.clouds,
    gateway,
    reference,
  )) {
    if (denies === undefined) continue;

    const evidence = [{ kind: 'stage', id: stage.name, text: `the resource policy denies ${denies} calls` }];
    const facts = { ...on, stage: stage.name };
    if (denies === 'all') yield say.POLICY_DENIES(about, facts, evidence);
    else {
      const what = `which callers the resource policy of ${on.gateway} allows on stage ${stage.name}`;
      const remedy = `Check the conditions of the resource policy of ${gateway.id} for the callers of its routes.`;
      yield say.POLICY_DECIDES(about, facts, { what, remedy }, evidence);
    }
  }
  const served = stageRoutesOf(region.clouds, gateway, reference);
  const isDisabled = served.some(({ endpoint }) => endpoint === 'disabled');
  if (gateway.endpoint !== 'disabled' && !isDisabled) return;

  // Where stages deploy by themselves, so do settings of the API: a stage that does not keeps those of its deployment.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-disable-default-endpoint.html
  const isNext =
    !isDisabled &&
    region.clouds.gateway(gateway.kind).deploysItself === true &&
    served.some(({ isDeployed, routes }) => isDeployed === true && routes !== undefined);
  const missing = region.missing('customDomains');
  const leads = mappingsTo(region.region.customDomains ?? [], gateway.id);
  const usable = leads.find(({ domain }) => domain.usable !== false);
  const evidence = [...new Set(leads.map(({ domain }) => domain.id))].map((id) => ({
    kind: 'domain',
    id,
    text: 'not usable',
  }));
  if (usable !== undefined) {
    yield say.BY_DOMAIN(about, { ...on, domain: usable.domain.id }, evidence);
    return;
  }

  const rules = (region.region.customDomains ?? []).find(({ hasRules }) => hasRules === true);
  if (missing !== undefined || rules !== undefined) {
    const what = `whether a custom domain leads to ${on.gateway}`;
    const remedy = `Check that a custom domain name is mapped to ${gateway.id}, or enable its default endpoint.`;
    yield say.ENDPOINT_DISABLED(about, on, missing?.failed === true ? missing : { what, remedy });
    return;
  }

  const settings = [{ kind: 'gateway', id: gateway.id, text: 'default endpoint disabled' }, ...evidence];
  yield isNext ? say.NO_DOMAIN_NEXT(about, on, settings) : say.NO_DOMAIN(about, on, settings);
}

function hasAny(there: ReadonlyMap<string, unknown>, routes: Readonly<Record<string, string>>): boolean {
  return Object.keys(routes).some((key) => there.has(key));
}

function isDeployed({ autoDeploy, deploymentId }: Stage): boolean {
  return autoDeploy || deploymentId !== undefined;
}
