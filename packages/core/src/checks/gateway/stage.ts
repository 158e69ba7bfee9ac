import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { gatewayStageWords } from './words/stage.words.js';
import { aboutThings, thing, type About } from '../../findings/subject.js';
import type { Gateway, GatewaySpec, Stage } from '../../model/gateway.js';
import { servedOn } from '../../world/routes/served.js';
import { deployedStage, gatewayId, stagesOf } from '../../kinds/gateway/gateway-kinds.js';
import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import { routesByKey } from './routes-by-key.js';
import { unreadGateway } from './unread.js';

const { fails, holds, unsure } = stating<(typeof gatewayStageWords)['says']>();

/** `gateway/stage`. */
export const gatewayStage: Judgement = {
  id: 'gateway/stage',
  severity: 'warning',
  *run(input) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      if (gateway === undefined) {
        const unread = unreadGateway(link.region, spec.gateway, unresolved);
        if (unread !== undefined) {
          const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
          yield unsure(about, 'GATEWAY_NOT_READ', { gateway: gatewayId(spec.gateway) }, unread);
        }
        continue;
      }
      const about = aboutThings(name, thing('gateway', gateway.id));
      yield* refused(about, gateway, spec.gateway);
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
          ? fails(about, 'STAGE_ABSENT', {
              params: { ...params, lacking: [named], integration: name, stages, member: 'stage' },
              evidence,
              severity: 'error',
            })
          : holds(input, about, 'STAGE_BY_APPLY', () => ({ params: { ...params, stage: named }, evidence }));
        continue;
      }
      const { routesNeedDeployment, deploysItself = false } = GATEWAY_KINDS[gateway.kind];
      // `postern apply` deploys the routes that it creates.
      const isShown =
        gateway.stages.some(isDeployed) ||
        (spec.owner !== 'external' && !hasAny(routesByKey(link.region, gateway), spec.routes));
      if (lacking.length === 0 && stages.length > 0 && routesNeedDeployment && !isShown) {
        if (missing !== undefined)
          yield unsure(
            about,
            'DEPLOYMENT_NOT_READ',
            { stages, gateway: gateway.name || gateway.id, gatewayId: gateway.id },
            missing,
            { evidence },
          );
        else {
          yield fails(about, 'NEVER_DEPLOYED', {
            params: {
              stages,
              gateway: gateway.name || gateway.id,
              gatewayId: gateway.id,
              deploysItself,
              isExternal: spec.owner === 'external',
            },
            evidence,
            // No run deploys the routes of an integration that is never changed.
            ...(spec.owner === 'external' ? { severity: 'error' as const } : {}),
          });
        }
        continue;
      }
      if (lacking.length === 0 && stages.length > 0) {
        yield holds(input, about, 'STAGES_EXIST', () => ({
          params: { gateway: gateway.name || gateway.id, gatewayId: gateway.id, stages },
          evidence,
        }));
      } else if (missing !== undefined) {
        yield unsure(
          about,
          'STAGES_NOT_READ',
          { gateway: gateway.name || gateway.id, gatewayId: gateway.id },
          missing,
          { evidence },
        );
      } else if (lacking.length > 0) {
        yield fails(about, 'STAGE_ABSENT', {
          params: {
            gateway: gateway.name || gateway.id,
            gatewayId: gateway.id,
            lacking,
            integration: name,
            stages,
            member: 'stages',
          },
          evidence,
          severity: 'error',
        });
      } else {
        yield fails(about, 'NO_STAGE', {
          params: { gateway: gateway.name || gateway.id, gatewayId: gateway.id, deploysItself },
          evidence,
        });
      }
    }
  },
};

/** What lets no caller reach the routes, or not all of them, although a stage serves them. */
function* refused(about: About, gateway: Gateway, reference: GatewaySpec): Generator<Statement> {
  const params = { gateway: gateway.name || gateway.id, gatewayId: gateway.id };
  for (const { stage, routes, denies = routes === undefined ? gateway.denies : undefined } of servedOn(
    gateway,
    reference,
  )) {
    if (denies === undefined) continue;
    const evidence = [{ kind: 'stage', id: stage.name, text: `the resource policy denies ${denies} calls` }];
    const on = { ...params, stage: stage.name };
    if (denies === 'all') yield fails(about, 'POLICY_DENIES', { params: on, evidence, severity: 'error' });
    else {
      const what = `which callers the resource policy of ${params.gateway} allows on stage ${stage.name}`;
      const remedy = `Check the conditions of the resource policy of ${gateway.id} for the callers of its routes.`;
      yield unsure(about, 'POLICY_DECIDES', on, { what, remedy }, { evidence });
    }
  }
  const isDisabled = servedOn(gateway, reference).some(({ endpoint }) => endpoint === 'disabled');
  if (gateway.endpoint !== 'disabled' && !isDisabled) return;
  const what = `whether a custom domain leads to ${params.gateway}`;
  const remedy = `Check that a custom domain name is mapped to ${gateway.id}, or enable its default endpoint.`;
  yield unsure(about, 'ENDPOINT_DISABLED', params, { what, remedy });
}

function hasAny(there: ReadonlyMap<string, unknown>, routes: Readonly<Record<string, string>>): boolean {
  return Object.keys(routes).some((key) => there.has(key));
}

function isDeployed({ autoDeploy, deploymentId }: Stage): boolean {
  return autoDeploy || deploymentId !== undefined;
}
