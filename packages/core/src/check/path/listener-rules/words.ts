import { decidingAction } from '../../../do/model/load-balancer.js';
import { actionText, conditionText, listenerRuleText } from '../../../do/words/rule-words.js';
import type { RuleAnswer } from './answers.js';
import { ANY_PATH, looksAtHost, type Call } from './calls.js';

export { actionText, conditionText, ruleAndActionText, listenerRuleText } from '../../../do/words/rule-words.js';

/** `rule 10 (path /orders*)`, or `the default action`. */
export function answerText({ rule }: RuleAnswer): string {
  return rule === undefined ? 'the default action' : listenerRuleText(rule);
}

/** `redirect 301`, or that it has no action. */
export function doesText({ actions }: RuleAnswer): string {
  const action = decidingAction(actions);
  return action === undefined ? 'no action' : actionText(action);
}

/** `GET /orders`, `GET /orders on stage prod`, or `calls`. */
export function callText({ route = 'calls', stage }: Call): string {
  return stage === undefined ? route : `${route} on stage ${stage}`;
}

/** `/orders/…`: the path of calls, with three dots for any text. */
export function pathText({ path }: Call): string {
  return path
    .map((place) => ('char' in place ? place.char : '…'))
    .join('')
    .replace(/…+/g, '…');
}

/** `GET /orders on stage prod as /prod/orders`: with the path that the target gets, where it is not that of the route. */
export function arrivalText(call: Call): string {
  const own = call.route?.replace(/^[A-Z]+ /, '').replace(/(?:\{[^{}]*\})+/g, '…');
  const path = pathText(call);
  return call.path === ANY_PATH || own === undefined || own === path ? callText(call) : `${callText(call)} as ${path}`;
}

/**
 * The header or parameter that rules compare and the gateway writes, where it is not known with what they compare it: `header x-key`.
 */
export function comparedPart({ parameters }: Call, answers: readonly RuleAnswer[]): string | undefined {
  const compared = answers
    .flatMap(({ rule }) => rule?.conditions ?? [])
    .find(
      ({ kind, name, values }) =>
        (kind === 'header' || kind === 'query') &&
        values === undefined &&
        Object.keys(parameters?.[kind] ?? {}).some((key) => key.toLowerCase() === name),
    );
  return compared && conditionText(compared);
}

/** Where rules look at the host of calls, and the host is unknown: the path of the spec where it can be given. */
export function askedHost(call: Call | undefined, answers: readonly RuleAnswer[]): string | undefined {
  const host = call?.host;
  const asks = answers.some(({ rule }) => rule !== undefined && looksAtHost(rule));
  return asks && host?.names === undefined ? host?.path : undefined;
}
