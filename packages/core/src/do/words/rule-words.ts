import { MAX_PORT } from '../../ground/ports.js';
import { isListedProtocol } from '../forms/resource-values.js';
import type { SecurityGroupRule } from '../model/network.js';
import type { NetworkAclEntry, RouteEntry, TransitRoute } from '../model/routing.js';
import type { AllowEntry } from '../model/allowlist.js';
import type { DomainMapping } from '../model/custom-domain.js';
import {
  decidingAction,
  type GroupTarget,
  type ListenerAction,
  type ListenerRule,
  type RuleCondition,
} from '../model/load-balancer.js';

/** `out tcp 443 to 10.20.0.0/20`, `in drop all from sg-1, priority 5`. */
export function ruleText(rule: SecurityGroupRule): string {
  const peer = rule.cidrBlock ?? rule.prefixListId ?? rule.securityGroupId ?? 'an unknown peer';
  const order = rule.priority === undefined ? '' : `, priority ${rule.priority}`;
  const what = rule.action === 'drop' ? `${rule.direction} drop` : rule.direction;
  return `${what} ${traffic(rule)} ${rule.direction === 'out' ? 'to' : 'from'} ${peer}${order}`;
}

/** `100 out allow tcp 1024-65535 to 10.0.0.0/16`. */
export function aclEntryText(entry: NetworkAclEntry): string {
  const { order, direction, action, cidrBlock } = entry;
  return `${order} ${direction} ${action} ${traffic(entry)} ${direction === 'out' ? 'to' : 'from'} ${cidrBlock}`;
}

/** `10.8.0.0/16 → vgw-1 (propagated)`. */
export function routeText({ cidrBlock, prefixListId, nextHop, state, origin }: RouteEntry): string {
  const notes = [...(origin === 'propagated' ? ['propagated'] : []), ...(state === 'active' ? [] : [state])];
  const to = nextHop.id ?? nextHop.native ?? nextHop.kind;
  return `${cidrBlock ?? prefixListId ?? ''} → ${to}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
}

/** Whether something is about TCP: by name, by number, or about everything. */
export function isTcp(protocol: string): boolean {
  return protocol === 'tcp' || protocol === '6' || isAllProtocols(protocol) || protocol.toLowerCase() === 'tcp';
}

/** Whether something may be about TCP: also where its protocol is in no table. */
export function mayBeTcp(protocol: string): boolean {
  return isTcp(protocol) || !isListedProtocol(protocol);
}

/** Whether something is about all protocols, and therefore about all ports. */
export function isAllProtocols(protocol: string): boolean {
  return protocol === '-1' || protocol === 'all' || protocol.toLowerCase() === 'all';
}

function traffic(of: {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly portListId?: string | undefined;
}): string {
  const { protocol, fromPort, toPort, portListId } = of;
  if (isAllProtocols(protocol)) return 'all';
  if (portListId !== undefined) return `${protocol} ${portListId}`;
  if (fromPort <= 0 && (toPort >= MAX_PORT || toPort < 0)) return `${protocol} all ports`;

  return `${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
}

/** `tcp 443`, `tcp 1024-65535`. */
export function portsText(first: number, last: number): string {
  return `tcp ${first === last ? first : `${first}-${last}`}`;
}

/** The direction of traffic in sentences. */
export function bound(direction: 'in' | 'out'): string {
  return direction === 'in' ? 'inbound' : 'outbound';
}

/** The preposition before the other end of traffic. */
export function preposition(direction: 'in' | 'out'): string {
  return direction === 'in' ? 'from' : 'to';
}

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
export function conditionText({ kind, values, family, name }: RuleCondition): string {
  if (kind === 'other') return 'unknown conditions';
  if (kind === 'header') return name === undefined ? 'a header' : `header ${name}`;
  if (kind === 'query') return name === undefined ? 'a query string' : `query string ${name}`;
  if (family !== undefined) return [kind, family === 'ipv4' ? 'IPv4' : 'IPv6', ...(values ?? [])].join(' ');

  return `${kind} ${values?.join(' or ') ?? 'by a regular expression'}`;
}

/** `redirect 301`. */
export function actionText({ kind, statusCode }: ListenerAction): string {
  return statusCode === undefined ? kind : `${kind} ${statusCode}`;
}

/** `forward to tg-1 (weight 10), tg-2`, `redirect 301`. */
export function actionLine({ kind, targetGroupIds = [], weights = [], statusCode }: ListenerAction): string {
  const groups = targetGroupIds.map((id) => {
    const group = weights.find(({ targetGroupId }) => targetGroupId === id);
    return group === undefined ? id : `${id} (weight ${group.weight})`;
  });
  const to = groups.length === 0 ? '' : ` to ${groups.join(', ')}`;
  return `${kind}${to}${statusCode === undefined ? '' : ` ${statusCode}`}`;
}

/** `10.0.0.0/8 tcp 443`. */
export function allowEntryText({ cidrBlock, securityGroupId, protocol, fromPort, toPort }: AllowEntry): string {
  return protocol === 'all'
    ? cidrBlock
    : `${securityGroupId ?? cidrBlock} ${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
}

/** `/orders/v1 to api-1 prod`. */
export function mappingText({ path, gatewayId, stage }: DomainMapping): string {
  return `/${path} to ${gatewayId}${stage === undefined ? '' : ` ${stage}`}`;
}

/** `10.0.0.9:8080 unhealthy (Target.Timeout)`. */
export function targetText({ id, port, health, reason }: GroupTarget): string {
  return `${id}${port === undefined ? '' : `:${port}`} ${health}${reason === undefined ? '' : ` (${reason})`}`;
}

/** `10.0.0.0/16 → tgw-attach-1 (propagated)`. */
export function transitRouteText({ cidrBlock, attachmentIds, state, origin }: TransitRoute): string {
  return `${cidrBlock} → ${attachmentIds.join(', ') || state} (${origin}${state === 'active' ? '' : `, ${state}`})`;
}
