import type { AllowEntry } from '../../model/allowlist.js';
import type { DomainMapping } from '../../model/custom-domain.js';
import type { GroupTarget, ListenerAction } from '../../model/load-balancer.js';
import type { TransitRoute } from '../../model/routing.js';

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
