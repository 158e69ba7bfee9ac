import { decidingAction } from '../../../do/model/load-balancer.js';
import { actionText, conditionText, listenerRuleText } from '../../../do/words/rule-words.js';
import type { RuleAnswer } from './answers.js';
import { looksAtHost, type Call } from './calls.js';

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

/** `GET /orders`, or `calls`. */
export function callText({ route }: Call): string {
  return route ?? 'calls';
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

/**
 * Where rules look at the host of calls, and the host is unknown: the path of the spec where it can be given.
 */
export function askedHost(call: Call | undefined, answers: readonly RuleAnswer[]): string | undefined {
  const host = call?.host;
  const asks = answers.some(({ rule }) => rule !== undefined && looksAtHost(rule));
  return asks && host?.names === undefined ? host?.path : undefined;
}
