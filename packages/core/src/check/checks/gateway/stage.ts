import { aboutThings, thing, type About } from '../../../do/findings/subject.js';
import type { Gateway, GatewaySpec, Stage } from '../../../do/model/gateway.js';
import { servedOn } from '../../../do/world/routes/served.js';
import { deployedStage, gatewayId, stagesOf } from '../../../do/kinds/gateway/gateway-spec.js';
import { routesByKey } from '../../../do/world/routes/routes-by-key.js';
import { leadsTo } from '../../../do/world/routes/custom-domains.js';
import type { RegionIndex } from '../../../do/world/views.js';
import { unreadGateway } from './unread.js';
import { defineCheck } from '../define-check.js';
import type { Say } from '../../../do/findings/say.js';
import type { Outcome } from '../../../do/findings/check.js';

/** `gateway/stage`. */
export const gatewayStage = defineCheck({
  id: 'gateway/stage',
  severity: 'warning',
  title: 'The API has a stage that serves its routes',
  about:
    'Callers reach an API through a stage. An API without a stage answers 404 to every call, which is a ' +
    'warning. A stage serves the routes that were deployed to it. An API without its default endpoint is ' +
    'reached by custom domains only: where none leads to it, that is an error. A stage that the spec names ' +
    'and that does not exist is an error: publishing to it is refused.',
  codes: [
    'GATEWAY_NOT_READ',
    'DEPLOYMENT_NOT_READ',
    'POLICY_DENIES',
    'POLICY_DECIDES',
    'ENDPOINT_DISABLED',
    'BY_DOMAIN',
    'NO_DOMAIN',
    'NEVER_DEPLOYED',
    'STAGES_EXIST',
    'STAGES_NOT_READ',
    'STAGE_ABSENT',
    'STAGE_BY_APPLY',
    'NO_STAGE',
  ],
  *run(input, say) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      if (gateway === undefined) {
        const unread = unreadGateway(link.region, spec.gateway, unresolved);
        if (unread !== undefined) {
          const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
          yield say.unknown(
            about,
            'GATEWAY_NOT_READ',
            { gateway: gatewayId(spec.gateway) },
            unread,
            (p) => `${p.gateway} has a stage`,
          );
        }
        continue;
      }
      const about = aboutThings(name, thing('gateway', gateway.id));
      yield* refused(say, about, gateway, spec.gateway, link.region);
      const stages = gateway.stages.map((stage) => stage.name);
      const named = deployedStage(spec.gateway);
      const wanted = stagesOf(spec.gateway) ?? (named === undefined ? [] : [named]);
      const lacking = wanted.filter((stage) => !stages.includes(stage));
      const evidence = [{ kind: 'gateway', id: gateway.id, text: `stages: ${stages.join(', ') || 'none'}` }];
      const missing = link.region.missing('gateways', gateway.id);
      if (named !== undefined && !stages.includes(named) && missing === undefined) {
        const params = { gateway: gateway.name || gateway.id, gatewayId: gateway.id };
        // A stage that Postern deploys to is created with the first deployment.
        yield spec.owner === 'external'
          ? say.fail(
              about,
              'STAGE_ABSENT',
              { ...params, lacking: [named], integration: name, stages, member: 'stage' as const },
              (p) => ({ ...stageAbsent(p), evidence, severity: 'error' }),
            )
          : say.pass(
              about,
              'STAGE_BY_APPLY',
              () => ({ ...params, stage: named }),
              (p) => ({
                message: `${p.gateway} (${p.gatewayId}) has no stage ${p.stage}, and \`postern apply\` creates it`,
                evidence,
              }),
            );
        continue;
      }
      const { routesNeedDeployment, deploysItself = false } = input.spec.clouds.gateway(gateway.kind);
      // `postern apply` deploys the routes that it creates.
      const isShown =
        gateway.stages.some(isDeployed) ||
        (spec.owner !== 'external' && !hasAny(routesByKey(link.region, gateway), spec.routes));
      if (lacking.length === 0 && stages.length > 0 && routesNeedDeployment && !isShown) {
        if (missing !== undefined)
          yield say.unknown(
            about,
            'DEPLOYMENT_NOT_READ',
            { stages, gateway: gateway.name || gateway.id, gatewayId: gateway.id },
            missing,
            (p) => ({ whether: `${p.stages.join(', ')} of ${p.gateway} (${p.gatewayId}) has a deployment`, evidence }),
          );
        else {
          yield say.fail(
            about,
            'NEVER_DEPLOYED',
            {
              stages,
              gateway: gateway.name || gateway.id,
              gatewayId: gateway.id,
              deploysItself,
              isExternal: spec.owner === 'external',
            },
            (p) => ({
              message: `${p.stages.join(', ')} of ${p.gateway} (${p.gatewayId}) has no deployment${p.deploysItself ? ' and no automatic deployment' : ''}: its routes do not receive calls`,
              remedy: `${p.isExternal ? `Ask the owner of ${p.gatewayId} to deploy` : 'Deploy'} to ${p.stages.join(', ')}${p.isExternal ? '' : ' (`postern apply` deploys its changes)'}${p.deploysItself ? ', or enable automatic deployment' : ''}.`,
              evidence,
              ...(spec.owner === 'external' ? { severity: 'error' as const } : {}),
            }),
          );
        }
        continue;
      }
      if (lacking.length === 0 && stages.length > 0) {
        yield say.pass(
          about,
          'STAGES_EXIST',
          () => ({ gateway: gateway.name || gateway.id, gatewayId: gateway.id, stages }),
          (p) => ({ message: `${p.gateway} (${p.gatewayId}) has stages: ${p.stages.join(', ')}`, evidence }),
        );
      } else if (missing !== undefined) {
        yield say.unknown(
          about,
          'STAGES_NOT_READ',
          { gateway: gateway.name || gateway.id, gatewayId: gateway.id },
          missing,
          (p) => ({ whether: `${p.gateway} (${p.gatewayId}) has the stages that the spec needs`, evidence }),
        );
      } else if (lacking.length > 0) {
        yield say.fail(
          about,
          'STAGE_ABSENT',
          {
            gateway: gateway.name || gateway.id,
            gatewayId: gateway.id,
            lacking,
            integration: name,
            stages,
            member: 'stages' as const,
          },
          (p) => ({ ...stageAbsent(p), evidence, severity: 'error' }),
        );
      } else {
        yield say.fail(
          about,
          'NO_STAGE',
          { gateway: gateway.name || gateway.id, gatewayId: gateway.id, deploysItself },
          (p) => ({
            message: `${p.gateway} (${p.gatewayId}) has no stage: it cannot be called`,
            remedy: p.deploysItself
              ? `Create a stage of ${p.gatewayId} ($default with automatic deployment fits most cases).`
              : `Create a stage of ${p.gatewayId}, and deploy the routes to it.`,
            evidence,
          }),
        );
      }
    }
  },
});

/** What lets no caller reach the routes, or not all of them, although a stage serves them. */
function* refused(
  say: Say,
  about: About,
  gateway: Gateway,
  reference: GatewaySpec,
  region: RegionIndex,
): Generator<Outcome> {
  const params = { gateway: gateway.name || gateway.id, gatewayId: gateway.id };
  for (const { stage, routes, denies = routes === undefined ? gateway.denies : undefined } of servedOn(
    region.clouds,
    gateway,
    reference,
  )) {
    if (denies === undefined) continue;
    const evidence = [{ kind: 'stage', id: stage.name, text: `the resource policy denies ${denies} calls` }];
    const on = { ...params, stage: stage.name };
    if (denies === 'all')
      yield say.fail(about, 'POLICY_DENIES', on, (p) => ({
        message: `the resource policy that stage ${p.stage} of ${p.gateway} (${p.gatewayId}) has denies every call: callers get status 403`,
        remedy: `Allow execute-api:Invoke in the resource policy of ${p.gatewayId}, and deploy it to ${p.stage}.`,
        evidence,
        severity: 'error',
      }));
    else {
      const what = `which callers the resource policy of ${params.gateway} allows on stage ${stage.name}`;
      const remedy = `Check the conditions of the resource policy of ${gateway.id} for the callers of its routes.`;
      yield say.unknown(about, 'POLICY_DECIDES', on, { what, remedy }, (p) => ({
        whether: `the resource policy that stage ${p.stage} of ${p.gateway} (${p.gatewayId}) has allows the calls`,
        evidence,
      }));
    }
  }
  const isDisabled = servedOn(region.clouds, gateway, reference).some(({ endpoint }) => endpoint === 'disabled');
  if (gateway.endpoint !== 'disabled' && !isDisabled) return;
  const missing = region.missing('customDomains');
  const leads = leadsTo(region.region.customDomains ?? [], gateway.id);
  const usable = leads.find(({ domain }) => domain.usable !== false);
  const evidence = [...new Set(leads.map(({ domain }) => domain.id))].map((id) => ({
    kind: 'domain',
    id,
    text: 'not usable',
  }));
  if (usable !== undefined) {
    yield say.pass(
      about,
      'BY_DOMAIN',
      () => ({ ...params, domain: usable.domain.id }),
      (p) => ({
        message: `callers reach ${p.gateway} (${p.gatewayId}), whose default endpoint is disabled, by ${p.domain}`,
        evidence,
      }),
    );
    return;
  }
  const rules = (region.region.customDomains ?? []).find(({ hasRules }) => hasRules === true);
  if (missing !== undefined || rules !== undefined) {
    const what = `whether a custom domain leads to ${params.gateway}`;
    const remedy = `Check that a custom domain name is mapped to ${gateway.id}, or enable its default endpoint.`;
    yield say.unknown(
      about,
      'ENDPOINT_DISABLED',
      params,
      missing?.failed === true ? missing : { what, remedy },
      (p) => `callers reach ${p.gateway} (${p.gatewayId}), whose default endpoint is disabled`,
    );
    return;
  }
  yield say.fail(about, 'NO_DOMAIN', params, (p) => ({
    message: `the default endpoint of ${p.gateway} (${p.gatewayId}) is disabled, and no custom domain that is usable leads to it: it cannot be called`,
    remedy: `Map a custom domain to ${p.gatewayId}, or enable its default endpoint.`,
    evidence: [{ kind: 'gateway', id: gateway.id, text: 'default endpoint disabled' }, ...evidence],
    severity: 'error',
  }));
}

function hasAny(there: ReadonlyMap<string, unknown>, routes: Readonly<Record<string, string>>): boolean {
  return Object.keys(routes).some((key) => there.has(key));
}

function isDeployed({ autoDeploy, deploymentId }: Stage): boolean {
  return autoDeploy || deploymentId !== undefined;
}

function stageAbsent({
  gateway,
  gatewayId,
  lacking,
  integration,
  stages,
  member,
}: {
  readonly gateway: string;
  readonly gatewayId: string;
  readonly lacking: readonly string[];
  readonly integration: string;
  readonly stages: readonly string[];
  /** The key of the spec that names it. */
  readonly member: 'stage' | 'stages';
}) {
  return {
    message: `${gateway} (${gatewayId}) has no stage ${lacking.join(', ')}`,
    remedy: `Create the stage ${lacking.join(', ')}${stages.length === 0 ? '' : `, or write ${member === 'stage' ? 'an existing stage' : 'existing stages'} under integrations.${integration}.gateway.${member}: ${stages.join(', ')}`}.`,
  };
}
