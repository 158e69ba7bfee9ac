import type { HttpCall } from '../../simulation/world/cloud.js';
import { priorityOf } from '../load-balancing/find.js';
import type { RuleCondition, RuleRow } from '../load-balancing/state.js';
import { anyCovers, isIpv6 } from './blocks.js';

/** A call as a load balancer sees it. */
export interface SeenCall {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  /** The caller's address. */
  readonly from: string;
}

/** The call as a load balancer sees it: by default `GET /` to its own name. */
export function seenCall(call: HttpCall | undefined, from: string, ownName: string): SeenCall {
  const { method = 'GET', path: target = '/', host = ownName, headers = {} } = call ?? {};
  const [path = '', query = ''] = target.split('?');
  return { method, path, host, headers, query: [...new URLSearchParams(query)], from };
}

/**
 * The rule that decides: the one with the lowest number whose conditions all match. Undefined: none matches,
 * and the default actions apply.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export function decidingRule(rules: readonly RuleRow[], call: SeenCall): RuleRow | undefined {
  let first: RuleRow | undefined;
  for (const rule of rules) {
    if (first !== undefined && priorityOf(first) < priorityOf(rule)) continue;

    if (rule.fields.Conditions.every((condition) => conditionHolds(condition, call))) first = rule;
  }
  return first;
}

/** Paths and methods are case-sensitive. Hosts, headers and query strings are not. */
function conditionHolds(condition: RuleCondition, call: SeenCall): boolean {
  switch (condition.Field) {
    case 'path-pattern':
      return matches(condition, condition.PathPatternConfig, [call.path], false);
    case 'host-header':
      return matches(condition, condition.HostHeaderConfig, [call.host], true);
    case 'http-request-method':
      return condition.HttpRequestMethodConfig?.Values?.includes(call.method) === true;
    case 'source-ip':
      if (condition.SourceIpConfig?.IpAddressType !== undefined) {
        return (condition.SourceIpConfig.IpAddressType === 'ipv6') === isIpv6(call.from);
      }

      return anyCovers(condition.SourceIpConfig?.Values ?? [], call.from);
    case 'http-header': {
      const wanted = condition.HttpHeaderConfig?.HttpHeaderName?.toLowerCase();
      const sent = Object.entries(call.headers).flatMap(([name, text]) => (name.toLowerCase() === wanted ? text : []));
      return matches(condition, condition.HttpHeaderConfig, sent, true);
    }
    default:
      return (condition.QueryStringConfig?.Values ?? []).some(({ Key, Value = '' }) =>
        call.query.some(([key, value]) => (Key === undefined || isLike(Key, key, true)) && isLike(Value, value, true)),
      );
  }
}

interface Wanted {
  readonly Values?: readonly string[] | undefined;
  readonly RegexValues?: readonly string[] | undefined;
}

/** Whether one of the texts is like one of the values: those of the condition's older form, or of its own one. */
function matches(own: Wanted, config: Wanted | undefined, texts: readonly string[], loose: boolean): boolean {
  const patterns = own.Values ?? config?.Values ?? [];
  const expressions = (own.RegexValues ?? config?.RegexValues ?? []).flatMap((one) => expression(one, loose));
  return texts.some(
    (text) => patterns.some((pattern) => isLike(pattern, text, loose)) || expressions.some((one) => one.test(text)),
  );
}

/** One that cannot be read fits nothing. */
function expression(text: string, loose: boolean): RegExp | readonly [] {
  try {
    return new RegExp(`^(?:${text})$`, loose ? 'i' : '');
  } catch {
    return [];
  }
}

/** Whether a text is like a pattern, in which `*` is any text and `?` one character: tried piece by piece, from one star to the next. */
function isLike(pattern: string, text: string, loose: boolean): boolean {
  const [first = '', ...pieces] = (loose ? pattern.toLowerCase() : pattern).split('*');
  const whole = loose ? text.toLowerCase() : text;
  if (!isAt(first, whole, 0)) return false;

  const last = pieces.pop();
  if (last === undefined) return whole.length === first.length;

  let from = first.length;
  for (const piece of pieces) {
    while (from + piece.length <= whole.length && !isAt(piece, whole, from)) from += 1;
    if (from + piece.length > whole.length) return false;

    from += piece.length;
  }
  const end = whole.length - last.length;
  return end >= from && isAt(last, whole, end);
}

function isAt(piece: string, text: string, at: number): boolean {
  return (
    at + piece.length <= text.length &&
    Array.from({ length: piece.length }, (_, index) => index).every(
      (index) => piece[index] === '?' || piece[index] === text[at + index],
    )
  );
}
