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

/** The target groups that actions forward calls to, and their shares. */
export interface Shares {
  /** Those that get calls; where `isSure` is missing, those that may. */
  readonly ids: readonly string[];
  /** Set where it is known that each of them gets some. */
  readonly isSure: boolean;
  /** Those that get none, for their weight is 0. */
  readonly idle: readonly string[];
  /** The weights of those that get some, where there are several; in the order of `ids`. */
  readonly weights?: readonly number[] | undefined;
}

/**
 * The distribution of calls among target groups. A group with a weight gets its share, whether it has targets
 * that take calls or not. The distribution among several groups is unknown where the weights were not read.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html#forward-actions
 */
export function sharesOf(actions: readonly ListenerAction[]): Shares {
  const only = actions[0];
  if (actions.length === 1 && only?.kind === 'forward' && only.targetGroupIds?.length === 1) {
    return { ids: only.targetGroupIds, isSure: true, idle: NONE };
  }

  const all = actions.flatMap(({ kind, targetGroupIds = NONE }) => (kind === 'forward' ? targetGroupIds : NONE));
  const given = [...new Set(all)];
  const weights = new Map<string, number>();
  for (const { kind, weights: own = [] } of actions) {
    if (kind === 'forward') for (const { targetGroupId, weight } of own) weights.set(targetGroupId, weight);
  }
  if (given.length < 2) return { ids: given, isSure: true, idle: NONE };
  if (given.some((id) => !weights.has(id))) return { ids: given, isSure: false, idle: NONE };

  const ids = given.filter((id) => weights.get(id) !== 0);
  const idle = given.filter((id) => weights.get(id) === 0);
  const shared = ids.length > 1 ? { weights: ids.map((id) => weights.get(id) ?? 0) } : {};
  return { ids, isSure: true, idle, ...shared };
}

const NONE: readonly string[] = [];

/**
 * `90 %`: the share of the calls that one of the groups gets; undefined where it gets all, or where the share
 * is unknown.
 */
export function partText({ ids, weights }: Shares, id: string): string | undefined {
  const own = weights?.[ids.indexOf(id)];
  if (weights === undefined || own === undefined) return undefined;

  const part = (100 * own) / weights.reduce((sum, one) => sum + one, 0);
  return part < 1 ? 'less than 1 %' : `${Math.round(part)} %`;
}
