import type { Listener, ListenerRule, LoadBalancer, RuleCondition } from '../../model/load-balancer.js';
import type { LinkView } from '../../world/views.js';
import { conditionFit, rulesOf } from './answers.js';
import type { Call } from './calls.js';
import { handOn } from './deciding.js';
import type { TextForm } from '../../text/texts.js';
import { callersOf } from './what-answers.js';
import { conditionText, ruleText } from './words.js';

/**
 * What a call looks like to a load balancer, and which rule that forwards comes nearest to fitting it: `GET /orders comes as GET
 * /prod/orders; rule 10 (path /orders*) comes nearest, but for path /orders*`. Undefined where no rule forwards.
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
  const sent = `${call.route ?? 'a call'} comes as ${call.method ?? 'ANY'} ${call.paths.map(formText).join(' or ')}`;
  const host = call.host?.names === undefined ? '' : ` to ${call.host.names.join(' or ')}`;
  const why = nearest.misses.map(conditionText).join(' and ');
  return `${sent}${host}; ${ruleText(nearest.rule)} comes nearest, but is for ${why}`;
}

/** `/orders/…`: a form with three dots where anything may stand. */
function formText(form: TextForm): string {
  return form
    .map((place) => ('char' in place ? place.char : '…'))
    .join('')
    .replace(/…+/g, '…');
}
