import type { ListenerAction } from '../../model/load-balancer.js';
import type { Missing } from '../../world/views.js';

/**
 * The action that decides the handling of calls: one that redirects or refuses callers without a login, else
 * the last. The login is an interactive page with a cookie that callers of an API do not have: they get its
 * redirect, or are refused.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export function decidingAction(actions: readonly ListenerAction[]): ListenerAction | undefined {
  return actions.find(sendsAway) ?? actions.at(-1);
}

/** Callers without a login are redirected to a page, or refused. */
function sendsAway({ kind, statusCode }: ListenerAction): boolean {
  return kind === 'authenticate' && statusCode !== undefined;
}

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
