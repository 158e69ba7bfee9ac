import type { Listener, ListenerAction } from '../../model/load-balancer.js';
import type { Check } from '../check.js';
import { aboutTarget } from '../words/about.js';
import { listenerEvidence } from '../words/evidence.js';
import { listenerOf } from '../words/backend.js';
import { fails, holds, unsure } from '../words/outcome.js';
import { resourceOf } from '../words/resource.js';
import { balancedTargets } from './balancers.js';

/** `target/answers`. */
export const targetAnswers: Check = {
  id: 'target/answers',
  title: 'The listener forwards calls instead of answering them itself',
  severity: 'error',
  about:
    'A listener that redirects to HTTPS, as port 80 often does, sends 301 or 308 to the callers of the API, with an address that ' +
    'they cannot reach; one with a fixed response answers by itself. Where rules go before the default action and one of them forwards, ' +
    'the default may well be a fixed 404.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
    'https://repost.aws/knowledge-center/api-gateway-500-error-vpc',
  ],
  *run(input) {
    for (const { integration, target, backend, balancer } of balancedTargets(input)) {
      const { region } = integration.link;
      const found = listenerOf(region, target, backend);
      if (found.is !== 'found') continue;
      const listener = found.value;
      const about = aboutTarget(integration, target);
      const name = balancer.name || balancer.id;
      const decides = listener.actions?.at(-1);
      const rules = listener.ruleActions ?? (balancer.kind === 'application' ? undefined : []);
      const whether = `listener ${listener.protocol} ${listener.port} of ${name} forwards calls`;
      const missing = region.missing('listeners', listener.id) ?? {
        what: `what ${resourceOf(listener.id)} does with calls`,
        remedy: 'Allow elasticloadbalancing:DescribeRules for these credentials, then take the snapshot again.',
        permission: 'elasticloadbalancing:DescribeRules',
      };
      if (decides === undefined) {
        yield unsure(about, whether, missing, { evidence: [listenerEvidence(listener)] });
      } else if (decides.kind === 'forward' || decides.kind === 'authenticate' || rules?.some(isForward) === true) {
        yield holds(input, about, () => ({
          message:
            decides.kind === 'forward'
              ? `listener ${listener.protocol} ${listener.port} of ${name} forwards calls`
              : `rules of listener ${listener.protocol} ${listener.port} of ${name} forward calls`,
          evidence: [listenerEvidence(listener, actionText(decides))],
        }));
      } else if (rules === undefined) {
        yield unsure(about, whether, missing, { evidence: [listenerEvidence(listener, actionText(decides))] });
      } else {
        yield fails(about, {
          message: `listener ${listener.protocol} ${listener.port} of ${name} answers by itself (${actionText(decides)}): no call gets to the backend`,
          evidence: [listenerEvidence(listener, actionText(decides))],
          remedy: remedyFor(listener, decides, name),
        });
      }
    }
  },
};

function isForward({ kind }: ListenerAction): boolean {
  return kind === 'forward';
}

/** `redirect 301`. */
function actionText({ kind, statusCode }: ListenerAction): string {
  return statusCode === undefined ? kind : `${kind} ${statusCode}`;
}

function remedyFor({ port }: Listener, { kind }: ListenerAction, name: string): string {
  return kind === 'redirect'
    ? `Write the port of ${name} that it redirects to, with tls, or let the listener on port ${port} forward to a target group.`
    : `Let the default action of the listener on port ${port} of ${name} forward to a target group.`;
}
