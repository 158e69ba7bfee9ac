import { defined } from '@postern/core/internal/adapter';
import type { GroupWeight, ListenerAction } from '@postern/core/internal/snapshot';
import type { ActionOutput } from '../sdk-types.js';

const KINDS: ReadonlyMap<string | undefined, ListenerAction['kind']> = new Map([
  ['forward', 'forward'],
  ['redirect', 'redirect'],
  ['fixed-response', 'fixed-response'],
  ['authenticate-cognito', 'authenticate'],
  ['authenticate-oidc', 'authenticate'],
  // It rejects calls without a valid token. It does not redirect.
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
  ['jwt-validation', 'other'],
]);

/**
 * Actions in the portable form, in their order of evaluation. `undefined` where the answer contains none.
 */
export function toActions(actions: readonly ActionOutput[] | undefined): readonly ListenerAction[] | undefined {
  return actions?.toSorted((a, b) => (a.Order ?? 0) - (b.Order ?? 0)).map(toAction);
}

function toAction(action: ActionOutput): ListenerAction {
  const kind = KINDS.get(action.Type) ?? 'other';
  const groups = groupsOfAction(action);
  const weights = groups.length < 2 ? undefined : weightsOfAction(action);
  const status =
    action.RedirectConfig?.StatusCode?.replace(/^HTTP_/, '') ??
    action.FixedResponseConfig?.StatusCode ??
    OF_LOGIN.get(thenOf(action));
  return {
    kind,
    ...(groups.length === 0 ? {} : { targetGroupIds: groups }),
    ...defined({ weights, statusCode: status }),
    ...(thenOf(action) === 'allow' ? { letsThrough: true } : {}),
    ...(kind === 'other' && action.Type !== undefined ? { native: action.Type } : {}),
  };
}

/** The target groups that an action forwards to: one is named twice, in the short form and in the long one. */
function groupsOfAction({ TargetGroupArn, ForwardConfig }: ActionOutput): readonly string[] {
  const listed = (ForwardConfig?.TargetGroups ?? []).flatMap((one) => one.TargetGroupArn ?? []);
  return [...new Set([...(TargetGroupArn === undefined ? [] : [TargetGroupArn]), ...listed])];
}

/** How an action shares calls among its groups. Undefined where a group has no weight. */
function weightsOfAction({ ForwardConfig }: ActionOutput): readonly GroupWeight[] | undefined {
  const groups = ForwardConfig?.TargetGroups ?? [];
  const read = groups.flatMap(({ TargetGroupArn: targetGroupId, Weight: weight }) =>
    targetGroupId === undefined || weight === undefined ? [] : [{ targetGroupId, weight }],
  );
  return read.length === groups.length && read.length > 0 ? read : undefined;
}

/** The answers to callers that have not logged in. */
const OF_LOGIN: ReadonlyMap<string | undefined, string> = new Map([
  ['authenticate', '302'],
  ['deny', '401'],
]);

/**
 * What happens to callers that have not logged in: `allow`, `deny` or `authenticate`. Undefined where no login is required.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AuthenticateOidcActionConfig.html
 */
function thenOf({ Type, AuthenticateOidcConfig, AuthenticateCognitoConfig }: ActionOutput): string | undefined {
  if (Type !== 'authenticate-oidc' && Type !== 'authenticate-cognito') return undefined;

  const { OnUnauthenticatedRequest: then = 'authenticate' } = AuthenticateOidcConfig ?? AuthenticateCognitoConfig ?? {};
  return then;
}
