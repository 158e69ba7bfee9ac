import { decidingAction, sendsAway, type ListenerAction } from '../../../do/model/load-balancer.js';
import type { Missing } from '../../../do/world/views.js';

export { decidingAction } from '../../../do/model/load-balancer.js';

/** Whether actions forward calls, or may: those of a kind that is not documented count as forwarding, and {@link mayRefuse} says so. */
export function handOn(actions: readonly ListenerAction[]): boolean {
  const action = decidingAction(actions);
  return (
    action?.kind === 'forward' || action?.kind === 'other' || (action?.kind === 'authenticate' && !sendsAway(action))
  );
}

/**
 * Whether it is unknown which calls actions forward: one of them decides by the content of a call, such as a token, which is not
 * known before the call is sent, or is of a kind that is not documented.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 */
export function mayRefuse(actions: readonly ListenerAction[]): boolean {
  return actions.some(isUnread) && handOn(actions);
}

/** The handling of some calls there is unknown. A login with neither a status nor `letsThrough` was read in part only. */
function isUnread({ kind, statusCode, letsThrough }: ListenerAction): boolean {
  return kind === 'other' || (kind === 'authenticate' && statusCode === undefined && letsThrough !== true);
}

/** The fact that is missing there. */
export function refusalMissing(actions: readonly ListenerAction[], who: string): Missing {
  const decides = decidingAction(actions);
  if (decides?.kind === 'other') {
    const native = decides.native === undefined ? '' : ` ${decides.native}`;
    return {
      what: `what the action${native} of ${who} does with calls, which is not known to this version`,
      remedy: `Look up the action${native} in the documentation of the load balancer, or forward calls to a target group.`,
    };
  }
  return {
    what: `the credentials of calls that ${who} requires before it forwards them (a token, for jwt-validation)`,
    remedy: `Make sure that callers send a valid token through the gateway, or remove the action before the forward from ${who}.`,
  };
}
