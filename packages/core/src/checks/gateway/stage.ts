import { stating, type Judgement } from '../../findings/statement.js';
import type { gatewayStageWords } from './words/stage.words.js';
import { aboutThings, thing } from '../../findings/subject.js';
import type { Gateway, Stage } from '../../model/gateway.js';
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
      const isShown = gateway.stages.some(isDeployed) || (spec.owner !== 'external' && !hasAny(gateway, spec.routes));
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
            params: { stages, gateway: gateway.name || gateway.id, gatewayId: gateway.id, deploysItself },
            evidence,
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

function hasAny(gateway: Gateway, routes: Readonly<Record<string, string>>): boolean {
  const there = routesByKey(gateway);
  return Object.keys(routes).some((key) => there.has(key));
}

function isDeployed({ autoDeploy, deploymentId }: Stage): boolean {
  return autoDeploy || deploymentId !== undefined;
}
