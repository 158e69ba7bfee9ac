import type { ListenerAction, ListenerRule, RuleCondition } from '../../model/load-balancer.js';
import type { Answer } from './answers.js';
import { looksAtHost, type Call } from './calls.js';
import { decidingAction } from './deciding.js';

/** `rule 10 (path /orders*, a header)`. */
export function ruleText(rule: ListenerRule): string {
  return `rule ${numberText(rule)}`;
}

/** `rule 10 (path /orders*) → redirect 301`. */
export function ruleAndActionText(rule: ListenerRule): string {
  return `${ruleText(rule)} → ${ruleActionText(rule)}`;
}

/** `10 (path /orders*): redirect 301`. */
export function ruleLine(rule: ListenerRule): string {
  return `${numberText(rule)}: ${ruleActionText(rule)}`;
}

function numberText({ priority, conditions }: ListenerRule): string {
  return `${priority} (${conditions.map(conditionText).join(', ') || 'every call'})`;
}

function ruleActionText({ actions }: ListenerRule): string {
  const last = decidingAction(actions);
  const groups = last?.targetGroupIds ?? [];
  const to = groups.length === 0 ? '' : ` to ${groups.join(', ')}`;
  return last === undefined ? 'nothing' : `${actionText(last)}${to}`;
}

/** `path /orders*`. */
export function conditionText({ kind, values }: RuleCondition): string {
  if (kind === 'other') return 'unknown conditions';
  if (kind === 'header') return 'a header';
  if (kind === 'query') return 'a query string';
  return `${kind} ${values?.join(' or ') ?? 'by a regular expression'}`;
}

/** `redirect 301`. */
export function actionText({ kind, statusCode }: ListenerAction): string {
  return statusCode === undefined ? kind : `${kind} ${statusCode}`;
}

/** `rule 10 (path /orders*)`, or `the default action`. */
export function answerText({ rule }: Answer): string {
  return rule === undefined ? 'the default action' : ruleText(rule);
}

/** `redirect 301`, or that it has no action. */
export function doesText({ actions }: Answer): string {
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
export function askedHost(call: Call | undefined, answers: readonly Answer[]): string | undefined {
  const host = call?.host;
  const asks = answers.some(({ rule }) => rule !== undefined && looksAtHost(rule));
  return asks && host?.names === undefined ? host?.path : undefined;
}
