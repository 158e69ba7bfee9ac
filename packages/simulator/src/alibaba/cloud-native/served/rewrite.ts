import type { GatewayCall } from '../../../simulation/traffic/gateway-call.js';
import { textOf, type Policies } from './policies.js';
import type { CallableRoute } from './callable-routes.js';
import { ownValue } from '../../../simulation/own-value.js';

/** What reaches the backend. */
export interface Rewritten {
  readonly host: string;
  /** With its query. */
  readonly path: string;
}

/**
 * The host and the path that the backend gets. Without a rewrite both are the caller's; an API may take its base path from calls. The names
 * of the policy's members are those of the engine's former product [I]: `PRE` replaces the matched prefix, `EXACT` all, `REGEX` what an
 * expression finds.
 * @see https://github.com/alibabacloud-go/mse-20190531 (client/update_gateway_route_http_rewrite_request_model.go)
 */
export function rewritten(policies: Policies, route: CallableRoute, call: GatewayCall): Rewritten {
  const mark = call.path.indexOf('?');
  const [pathname, query] = mark < 0 ? [call.path, ''] : [call.path.slice(0, mark), call.path.slice(mark)];
  const { config } = policies.get('HttpRewrite') ?? {};
  if (!config) return { host: call.host, path: `${stripped(pathname, route.strips)}${query}` };

  const host = textOf(config, 'host') || call.host;
  const to = textOf(config, 'path');
  if (to === '') return { host, path: `${stripped(pathname, route.strips)}${query}` };

  return {
    host,
    path: `${replaced(pathname, route, textOf(config, 'pathType').toUpperCase(), textOf(config, 'pattern'), to)}${query}`,
  };
}

function stripped(pathname: string, base: string): string {
  const prefix = base.replace(/\/$/, '');
  if (prefix === '' || !pathname.startsWith(prefix)) return pathname;

  return pathname.slice(prefix.length) || '/';
}

function replaced(pathname: string, { match }: CallableRoute, type: string, pattern: string, to: string): string {
  if (type.startsWith('REG') && pattern !== '') {
    try {
      return pathname.replace(new RegExp(pattern), to.replaceAll(/\\(\d)/g, '$$$1'));
    } catch {
      return pathname;
    }
  }
  if (match.path.type !== 'Prefix' || type.startsWith('EX')) return to;

  const rest = pathname.slice(match.path.value.replace(/\/$/, '').length);
  return `${to.replace(/\/$/, '')}${rest.startsWith('/') || rest === '' ? rest : `/${rest}`}` || '/';
}

/** A change of headers. */
interface HeaderOp {
  readonly directionType?: unknown;
  readonly opType?: unknown;
  readonly key?: unknown;
  readonly value?: unknown;
}

/** Headers after the changes of a policy: Add appends to a value that is there, Update replaces, Delete removes. */
export function modified<T extends string | readonly string[]>(
  policies: Policies,
  direction: 'Request' | 'Response',
  headers: Readonly<Record<string, T>>,
): Record<string, T | string> {
  const items = policies.get('HeaderModify')?.config['headerOpItems'];
  const changed: Record<string, T | string> = { ...headers };
  for (const { directionType = 'Request', opType, key, value } of Array.isArray(items) ? (items as HeaderOp[]) : []) {
    if (String(directionType) !== direction || typeof key !== 'string') continue;

    const name = Object.keys(changed).find((one) => one.toLowerCase() === key.toLowerCase()) ?? key.toLowerCase();
    const before = ownValue(changed, name);
    if (opType === 'Delete' || opType === 'Remove') delete changed[name];
    else if (opType === 'Add' && before !== undefined) changed[name] = `${String(before)},${String(value)}`;
    else changed[name] = String(value);
  }
  return changed;
}
