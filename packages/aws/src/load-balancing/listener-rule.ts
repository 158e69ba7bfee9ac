import { defined } from '@postern/core/internal/adapter';
import type { ListenerRule, RuleCondition } from '@postern/core/internal/snapshot';
import { toActions } from './listener.js';
import type { ConditionOutput, RuleOutput } from '../sdk-types.js';

const KINDS: ReadonlyMap<string | undefined, RuleCondition['kind']> = new Map([
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
  const kind = KINDS.get(condition.Field) ?? 'other';
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
