import { decidingAction, sendsAway, type ListenerAction } from '../../../do/model/load-balancer.js';
import type { Missing } from '../../../do/world/views.js';

export { decidingAction } from '../../../do/model/load-balancer.js';

/** Whether actions forward calls. */
export function handOn(actions: readonly ListenerAction[]): boolean {
  const action = decidingAction(actions);
  return action?.kind === 'forward' || (action?.kind === 'authenticate' && !sendsAway(action));
}

/**
 * Whether actions forward only some calls: an action before the forward decides by the content of a call, such as a token, which is not
 * known before the call is sent.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export function mayRefuse(actions: readonly ListenerAction[]): boolean {
  return actions.length > 1 && handOn(actions) && actions.slice(0, -1).some(isUnread);
}

/** The handling of some calls there is unknown. A login with neither a status nor `letsThrough` was read in part only. */
function isUnread({ kind, statusCode, letsThrough }: ListenerAction): boolean {
  return kind === 'other' || (kind === 'authenticate' && statusCode === undefined && letsThrough !== true);
}

/** The fact that is missing there. */
export function tokenMissing(who: string): Missing {
  return {
    what: `the credentials of calls that ${who} requires before it forwards them (a token, for jwt-validation)`,
    remedy: `Make sure that callers send a valid token through the gateway, or remove the action before the forward from ${who}.`,
  };
}
