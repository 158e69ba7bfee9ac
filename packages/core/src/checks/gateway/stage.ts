import { aboutThings, thing } from '../../findings/subject.js';
import type { Gateway, Stage } from '../../model/gateway.js';
import { gatewayId, stagesOf } from '../../kinds/gateway/gateway-kinds.js';
import type { Check } from '../../findings/check.js';
import { routesByKey } from './routes-by-key.js';
import { unreadGateway } from './unread.js';
import { fails, holds, unsure } from '../../findings/outcome.js';

/** `gateway/stage`. */
export const gatewayStage: Check = {
  id: 'gateway/stage',
  title: 'The API has a stage that shows its routes',
  severity: 'warning',
  about:
    'Callers reach an API through a stage. An API without one answers 404 to everybody, and routes that are made on it are seen by nobody, ' +
    'which is a warning. So are routes of an HTTP API none of whose stages deploys by itself or was ever deployed: a stage shows what was ' +
    'deployed to it. (`postern apply` deploys to each stage what it changes.) A stage that the spec names and that does not exist is an ' +
    'error: publishing there is refused.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-publish.html',
  ],
  *run(input) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      if (gateway === undefined) {
        const unread = unreadGateway(link.region, spec.gateway, unresolved);
        if (unread !== undefined) {
          const about = aboutThings(name, thing('gateway', gatewayId(spec.gateway)));
          yield unsure(about, `${gatewayId(spec.gateway)} has a stage`, unread);
        }
        continue;
      }
      const about = aboutThings(name, thing('gateway', gateway.id));
      const stages = gateway.stages.map((stage) => stage.name);
      const wanted = stagesOf(spec.gateway) ?? [];
      const lacking = wanted.filter((stage) => !stages.includes(stage));
      const title = `${gateway.name || gateway.id} (${gateway.id})`;
      const evidence = [{ kind: 'gateway', id: gateway.id, text: `stages: ${stages.join(', ') || 'none'}` }];
      const missing = link.region.missing('gateways', gateway.id);
      // What `postern apply` makes it deploys.
      const isShown = gateway.stages.some(isDeployed) || (spec.owner !== 'external' && !hasAny(gateway, spec.routes));
      if (lacking.length === 0 && stages.length > 0 && gateway.kind === 'http-api' && !isShown) {
        const names = stages.join(', ');
        if (missing !== undefined)
          yield unsure(about, `something was deployed to ${names} of ${title}`, missing, { evidence });
        else {
          yield fails(about, {
            message: `nothing was ever deployed to ${names} of ${title}, which deploys nothing by itself: its routes are served to nobody`,
            evidence,
            remedy: `Deploy to ${names} (\`postern apply\` does where it changes something), or switch on its automatic deployment.`,
          });
        }
        continue;
      }
      if (lacking.length === 0 && stages.length > 0) {
        yield holds(input, about, () => ({ message: `${title} has stages: ${stages.join(', ')}`, evidence }));
      } else if (missing !== undefined) {
        yield unsure(about, `${title} has the stages that it needs`, missing, { evidence });
      } else if (lacking.length > 0) {
        yield fails(about, {
          message: `${title} has no stage ${lacking.join(', ')}`,
          evidence,
          remedy: `Make the stage ${lacking.join(', ')}, or write stages that exist under integrations.${name}.gateway.stages: ${stages.join(', ') || 'there are none yet'}.`,
          severity: 'error',
        });
      } else {
        yield fails(about, {
          message: `${title} has no stage: nobody can call it`,
          evidence,
          remedy: `Make a stage of ${gateway.id} ($default with automatic deployment serves most).`,
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
