import { defined } from '@postern/core/internal/adapter';
import type { GroupWeight, ListenerAction, ListenerRule, RuleCondition } from '@postern/core/internal/snapshot';
import type { ActionOutput, ConditionOutput, RuleOutput } from '../sdk-types.js';

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

/** Actions in the portable form, in their order of evaluation. `undefined` where the answer contains none. */
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

const CONDITION_KINDS: ReadonlyMap<string | undefined, RuleCondition['kind']> = new Map([
  ['path-pattern', 'path'],
  ['host-header', 'host'],
  ['http-request-method', 'method'],
  ['source-ip', 'source'],
  ['http-header', 'header'],
  ['query-string', 'query'],
]);

/**
 * A rule in the portable form; `undefined` for the default rule, whose actions are those of the listener.
 * The values that headers and query strings are compared with are left out: they may be secrets of callers.
 * Regular expressions are left out, too: they need other means to be compared with calls.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html
 */
export function toRule({ RuleArn, Priority, IsDefault, Conditions, Actions }: RuleOutput): ListenerRule | undefined {
  const priority = Number(Priority);
  if (IsDefault === true || Priority === 'default') return undefined;

  return {
    id: RuleArn,
    // A rule without a number is not documented. It is sorted first, so that no rule is reported to precede
    // it.
    priority: Number.isSafeInteger(priority) ? priority : 0,
    conditions: (Conditions ?? [{}]).map(toCondition),
    actions: toActions(Actions) ?? [],
  };
}

/** Of network load balancers. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-rule.html */
const FAMILIES: ReadonlyMap<string | undefined, NonNullable<RuleCondition['family']>> = new Map([
  ['ipv4', 'ipv4'],
  ['ipv6', 'ipv6'],
]);

function toCondition(condition: ConditionOutput): RuleCondition {
  const kind = CONDITION_KINDS.get(condition.Field) ?? 'other';
  const values = valuesOf(kind, condition);
  const family = FAMILIES.get(condition.SourceIpConfig?.IpAddressType);
  const { HttpHeaderConfig: header, QueryStringConfig: query } = condition;
  const keys = new Set(kind === 'header' ? [header?.HttpHeaderName] : query?.Values?.map(({ Key }) => Key));
  return { kind, ...defined({ values, family, name: keys.size === 1 ? [...keys][0]?.toLowerCase() : undefined }) };
}

/** Given in an older form and in one of its own; undefined where neither is. */
function valuesOf(kind: RuleCondition['kind'], condition: ConditionOutput): readonly string[] | undefined {
  const { Values, RegexValues } = condition;
  const config = configOf(kind, condition);
  if (kind === 'header' || kind === 'query' || kind === 'other') return undefined;
  if ((RegexValues ?? config?.RegexValues ?? []).length > 0) return undefined;

  const all = [...new Set([...(Values ?? []), ...(config?.Values ?? [])])];
  return all.length === 0 ? undefined : all;
}

function configOf(
  kind: RuleCondition['kind'],
  { PathPatternConfig, HostHeaderConfig, HttpRequestMethodConfig, SourceIpConfig }: ConditionOutput,
):
  | { readonly Values?: readonly string[] | undefined; readonly RegexValues?: readonly string[] | undefined }
  | undefined {
  if (kind === 'path') return PathPatternConfig;
  if (kind === 'host') return HostHeaderConfig;

  return kind === 'method' ? HttpRequestMethodConfig : SourceIpConfig;
}
