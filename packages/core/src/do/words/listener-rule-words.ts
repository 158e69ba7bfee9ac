import { decidingAction, type ListenerAction, type ListenerRule, type RuleCondition } from '../model/load-balancer.js';

/** `rule 10 (path /orders*, a header)`. */
export function listenerRuleText(rule: ListenerRule): string {
  return `rule ${numberText(rule)}`;
}

/** `rule 10 (path /orders*) → redirect 301`. */
export function ruleAndActionText(rule: ListenerRule): string {
  return `${listenerRuleText(rule)} → ${ruleActionText(rule)}`;
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
export function conditionText({ kind, values, family }: RuleCondition): string {
  if (kind === 'other') return 'unknown conditions';
  if (kind === 'header') return 'a header';
  if (kind === 'query') return 'a query string';
  if (family !== undefined) return [kind, family === 'ipv4' ? 'IPv4' : 'IPv6', ...(values ?? [])].join(' ');
  return `${kind} ${values?.join(' or ') ?? 'by a regular expression'}`;
}

/** `redirect 301`. */
export function actionText({ kind, statusCode }: ListenerAction): string {
  return statusCode === undefined ? kind : `${kind} ${statusCode}`;
}
