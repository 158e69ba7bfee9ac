import type { Listener, ListenerRule, LoadBalancer, RuleCondition } from '../../model/load-balancer.js';
import type { LinkView } from '../../world/views.js';
import { conditionFit, rulesOf } from './answers.js';
import type { Call } from './calls.js';
import { handOn } from './deciding.js';
import type { TextForm } from '../../text/texts.js';
import { callersOf } from './what-answers.js';
import { conditionText, ruleText } from './words.js';

/**
 * A call as a load balancer receives it, and the forwarding rule that matches it best: `GET /orders arrives as GET /prod/orders; the
 * closest match, rule 10 (path /orders*), needs path /orders*`. Undefined where no rule forwards.
 */
export function nearMiss(link: LinkView, balancer: LoadBalancer, listener: Listener, call: Call): string | undefined {
  const rules = rulesOf(link.region, balancer, listener);
  if (!('length' in rules)) return undefined;
  const from = callersOf(link);
  let nearest: { readonly rule: ListenerRule; readonly misses: readonly RuleCondition[] } | undefined;
  for (const rule of rules) {
    if (!handOn(rule.actions)) continue;
    const misses = rule.conditions.filter((condition) => conditionFit(condition, call, from) === 'none');
    if (misses.length > 0 && (nearest === undefined || misses.length < nearest.misses.length))
      nearest = { rule, misses };
  }
  if (nearest === undefined) return undefined;
  const sent = `${call.route ?? 'a call'} arrives as ${call.method ?? 'ANY'} ${call.paths.map(formText).join(' or ')}`;
  const host = call.host?.names === undefined ? '' : ` to ${call.host.names.join(' or ')}`;
  const why = nearest.misses.map(conditionText).join(' and ');
  return `${sent}${host}; the closest match, ${ruleText(nearest.rule)}, needs ${why}`;
}

/** `/orders/…`: a form with three dots for any text. */
function formText(form: TextForm): string {
  return form
    .map((place) => ('char' in place ? place.char : '…'))
    .join('')
    .replace(/…+/g, '…');
}
