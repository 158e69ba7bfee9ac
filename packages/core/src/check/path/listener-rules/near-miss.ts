import type { Listener, ListenerRule, LoadBalancer, RuleCondition } from '../../../do/model/load-balancer.js';
import type { LinkView } from '../../../do/world/views.js';
import { conditionFit, rulesOf } from './answers.js';
import { type Call, callersOf } from './calls.js';
import { handOn } from './deciding.js';
import type { TextForm } from '../../../ground/text/texts.js';
import { conditionText, listenerRuleText } from './words.js';

/** A call as a load balancer receives it, and the forwarding rule that matches it best. */
export interface NearMiss {
  /** `GET /orders`; undefined: any call. */
  readonly route?: string | undefined;
  /** `GET /prod/orders`. */
  readonly method: string;
  readonly paths: readonly string[];
  readonly hosts?: readonly string[] | undefined;
  /** `rule 10 (path /orders*)`. */
  readonly rule: string;
  /** Its conditions that the call does not match: `path /orders*`. */
  readonly needs: readonly string[];
}

/** Why a call matches no rule that forwards; undefined where no rule forwards. */
export function nearMiss(link: LinkView, balancer: LoadBalancer, listener: Listener, call: Call): NearMiss | undefined {
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

  return {
    route: call.route,
    method: call.method ?? 'ANY',
    paths: call.paths.map(formText),
    hosts: call.host?.names,
    rule: listenerRuleText(nearest.rule),
    needs: nearest.misses.map(conditionText),
  };
}

/** `/orders/…`: a form with three dots for any text. */
function formText(form: TextForm): string {
  return form
    .map((place) => ('char' in place ? place.char : '…'))
    .join('')
    .replace(/…+/g, '…');
}
