import { decidingAction } from '../../../do/model/load-balancer.js';
import { actionText, listenerRuleText } from '../../../do/words/rule-words.js';
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
 * Where rules look at the host of calls, and the host is unknown: the path of the spec where it can be given.
 */
export function askedHost(call: Call | undefined, answers: readonly RuleAnswer[]): string | undefined {
  const host = call?.host;
  const asks = answers.some(({ rule }) => rule !== undefined && looksAtHost(rule));
  return asks && host?.names === undefined ? host?.path : undefined;
}
