import type { GatewayCall } from '../../../simulation/traffic/gateway-call.js';
import type { NamedMatchRow, RouteMatchRow } from '../control/state.js';
import { ownValue } from '../../../simulation/own-value.js';

/** A text as an expression that matches only it. */
export const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What is looked at of a route. */
interface Matched {
  readonly match: RouteMatchRow;
  readonly expression: RegExp;
  /** In small letters; none: all that no custom domain has. */
  readonly hosts: readonly string[];
}

/**
 * A path as an expression. A prefix ends at a segment: `/orders` is not one of `/orders2`. An expression is one of the beginning.
 * @see https://github.com/alibaba/higress/blob/main/pkg/ingress/kube/common/controller.go (PrefixMatchRegex)
 */
export function pathExpression({ path: { type, value }, ignoreUriCase }: RouteMatchRow): RegExp {
  const text = literal(value);
  const flags = ignoreUriCase ? 'i' : '';
  if (type === 'Exact') return new RegExp(`^${text}$`, flags);
  if (type === 'Prefix') return new RegExp(`^${text.replace(/\/$/, '')}(?:/.*)?$`, flags);

  return new RegExp(`^(?:${value})`, flags);
}

const RANK: Readonly<Record<string, number>> = { Exact: 0, Prefix: 1, Regex: 2 };

const isCatchAll = ({ path }: RouteMatchRow): boolean => path.type === 'Prefix' && path.value === '/';

/**
 * The order of routes [I]: the prefix `/` last; Exact, Prefix, Regex; longer paths; those with methods before those for any, fewer before
 * more; more rules for headers, then for parameters; the older one.
 * @see https://github.com/alibaba/higress/blob/main/pkg/ingress/kube/common/tool.go (SortHTTPRoutes)
 */
export function orderOf({ match: a }: Pick<Matched, 'match'>, { match: b }: Pick<Matched, 'match'>): number {
  const methods = (match: RouteMatchRow): number => (match.methods.length === 0 ? 100 : match.methods.length);
  return (
    Number(isCatchAll(a)) - Number(isCatchAll(b)) ||
    (RANK[a.path.type] ?? 3) - (RANK[b.path.type] ?? 3) ||
    b.path.value.length - a.path.value.length ||
    methods(a) - methods(b) ||
    b.headers.length - a.headers.length ||
    b.queryParams.length - a.queryParams.length
  );
}

/** The part of a call that routes look at. */
export interface MatchedCall extends Pick<GatewayCall, 'host' | 'method' | 'headers'> {
  /** Without its query. */
  readonly pathname: string;
  readonly query: URLSearchParams;
}

/**
 * The routes that have the host of a call: those of the domain itself, or else of the longest wildcard, or else those without a domain.
 * Others are not tried [I].
 */
export function routesOfHost<R extends Matched>(routes: readonly R[], host: string): readonly R[] {
  const hosts = [...new Set(routes.flatMap((route) => route.hosts))];
  const [best] = hosts.filter((one) => hasHost(one, host)).toSorted((a, b) => b.length - a.length);
  const exact = hosts.includes(host) ? host : best;
  return routes.filter((route) => (exact === undefined ? route.hosts.length === 0 : route.hosts.includes(exact)));
}

/** `*.example.com` has `a.b.example.com`, too. */
export const hasHost = (domain: string, host: string): boolean =>
  domain === host || domain === '*' || (domain.startsWith('*.') && host.endsWith(domain.slice(1)));

/** The first route that a call matches. */
export function findCallableRoute<R extends Matched>(routes: readonly R[], call: MatchedCall): R | undefined {
  return routes.find(
    ({ match, expression }) =>
      expression.test(call.pathname) &&
      (match.methods.length === 0 || match.methods.includes(call.method)) &&
      match.headers.every((rule) => holds(rule, headerOf(call, rule.name.toLowerCase()))) &&
      match.queryParams.every((rule) => holds(rule, call.query.get(rule.name) ?? undefined)),
  );
}

/** `:authority` is the host. */
function headerOf({ headers, host, method }: MatchedCall, name: string): string | undefined {
  if (name === ':authority') return host;

  return name === ':method' ? method : ownValue(headers, name);
}

function holds({ type, value }: NamedMatchRow, given: string | undefined): boolean {
  if (given === undefined) return false;
  if (type === 'Exact') return given === value;

  return type === 'Prefix' ? given.startsWith(value) : new RegExp(`^(?:${value})$`).test(given);
}
