import type { ListenerAction } from '../../model/load-balancer.js';
import type { Missing } from '../../world/views.js';

/**
 * The action that decides what becomes of calls: one that sends away callers who have not logged in, else the last. The login is a page
 * for people, with a cookie that callers of an API do not have: they get its redirect, or are refused.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 */
export function decidingAction(actions: readonly ListenerAction[]): ListenerAction | undefined {
  return actions.find(sendsAway) ?? actions.at(-1);
}

/** Who has not logged in is sent to a page, or refused. */
function sendsAway({ kind, statusCode }: ListenerAction): boolean {
  return kind === 'authenticate' && statusCode !== undefined;
}

/** Whether actions hand calls on. */
export function handOn(actions: readonly ListenerAction[]): boolean {
  const action = decidingAction(actions);
  return action?.kind === 'forward' || (action?.kind === 'authenticate' && !sendsAway(action));
}

/**
 * Whether actions hand on only some calls: one before the forward decides by what a call carries, such as a token, which is not known
 * before the call is made.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export function mayRefuse(actions: readonly ListenerAction[]): boolean {
  return actions.length > 1 && handOn(actions) && actions.slice(0, -1).some(isUnread);
}

/** What becomes of some calls there is not known. Of a login with neither a status nor `letsThrough` not all was read. */
function isUnread({ kind, statusCode, letsThrough }: ListenerAction): boolean {
  return kind === 'other' || (kind === 'authenticate' && statusCode === undefined && letsThrough !== true);
}

/** The fact that is missing there. */
export function tokenMissing(who: string): Missing {
  return {
    what: `whether calls bring what ${who} asks for before it forwards them (a token, for jwt-validation)`,
    remedy: `Make sure that callers send a valid token through the gateway, or remove the action before the forward from ${who}.`,
  };
}

/** How to have calls handed on that an action sends away. */
export function remedyForLogin(who: string): string {
  return `Take the login out of ${who}, or let it pass callers who have not logged in (OnUnauthenticatedRequest allow) and check them at the gateway: callers of an API have no session.`;
}
