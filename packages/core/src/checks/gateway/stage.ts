import { gatewayId } from '../../plan/resolve-gateway.js';
import type { Check } from '../check.js';
import { unreadGateway } from './unread.js';
import { fails, holds, unsure, type About } from '../words/outcome.js';

/** `gateway/stage`. */
export const gatewayStage: Check = {
  id: 'gateway/stage',
  title: 'The API has a stage that shows its routes',
  severity: 'warning',
  about:
    'Callers reach an API through a stage. An API without one answers 404 to everybody, and routes that are made on it are seen by nobody, ' +
    'which is a warning. A stage that the spec names and that does not exist is an error: publishing there is refused.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html'],
  *run(input) {
    for (const { name, spec, gateway, link, unresolved } of input.integrations) {
      if (gateway === undefined) {
        const unread = unreadGateway(link.region, spec.gateway, unresolved);
        if (unread !== undefined) {
          const about = { subject: `gateway ${gatewayId(spec.gateway)}`, integration: name };
          yield unsure(about, `${gatewayId(spec.gateway)} has a stage`, unread);
        }
        continue;
      }
      const about: About = { subject: `gateway ${gateway.id}`, integration: name };
      const stages = gateway.stages.map((stage) => stage.name);
      const wanted = 'apiGroup' in spec.gateway ? (spec.gateway.stages ?? []) : [];
      const lacking = wanted.filter((stage) => !stages.includes(stage));
      const title = `${gateway.name || gateway.id} (${gateway.id})`;
      const evidence = [{ kind: 'gateway', id: gateway.id, text: `stages: ${stages.join(', ') || 'none'}` }];
      const missing = link.region.missing('gateways', gateway.id);
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
