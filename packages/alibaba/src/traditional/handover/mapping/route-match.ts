/** What a route of APIG matches, in the service's own words. No methods: all of them. */
export interface RouteMatch {
  readonly path: { readonly type: 'Exact' | 'Prefix' | 'Regex'; readonly value: string };
  readonly methods: readonly string[];
}

/** A method and a path of the classic service, with the base path: `GET /shop/orders/[id]`. */
export interface ClassicKey {
  readonly method: string;
  readonly path: string;
}

/** Whether a path has parameters: `/orders/[id]`. */
export const hasParameters = (path: string): boolean => path.includes('[');

/** Whether a path matches all that is below it: `/files/*`. */
export const isGreedy = (path: string): boolean => path.endsWith('*');

/** A path below the base path of its group. */
export function fullPath(basePath: string, path: string): string {
  const base = basePath.replace(/(?<!\/)\/+$/, '');
  return base === '' ? path : `${base}${path}`;
}

/** Whether a call may be one of both methods. */
export const shareMethod = (a: string, b: string): boolean => a === b || a === 'ANY' || b === 'ANY';

/**
 * The match of one API. A parameter is one segment of the path. The expression begins with `^` and ends with `$`, so that it
 * matches the same paths whether or not the engine matches the whole path by itself. `asRegex`: a greedy path that contains paths
 * with parameters must be an expression, too, because the engine prefers any prefix to any expression.
 * @see https://github.com/alibaba/higress `SortHTTPRoutes`
 */
export function routeMatch({ method, path }: ClassicKey, { asRegex = false } = {}): RouteMatch {
  const methods = method === 'ANY' ? [] : [method];
  if (!hasParameters(path) && !isGreedy(path)) return { path: { type: 'Exact', value: path }, methods };
  if (isGreedy(path) && !hasParameters(path) && !asRegex) {
    return { path: { type: 'Prefix', value: path.slice(0, -1) }, methods };
  }

  return { path: { type: 'Regex', value: `^${expressionOf(path)}$` }, methods };
}

/** Braces in place of brackets, as an HTTP API of type Rest writes parameters: `/orders/{id}`. */
export const bracedPath = (path: string): string => path.replace(/\[([^[\]]*)\]/g, '{$1}');

function expressionOf(path: string): string {
  return path
    .split(/(\[[^[\]]*\]|\*$)/)
    .map((part) => (part === '*' ? '.*' : part.startsWith('[') ? '[^/]+' : part.replace(/[.+?^${}()|\\*]/g, '\\$&')))
    .join('');
}

/** Equal for two keys that become one route. */
export function matchKey({ path, methods }: RouteMatch): string {
  return `${methods.join(',') || 'ANY'} ${path.type} ${path.value}`;
}

/**
 * The type of the HTTP API on the target: the provider's own tool skips APIs with the method ANY and greedy paths where the type is
 * Rest, and so does not use it for them.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/use-cases/common-problems-and-troubleshooting
 */
export function apiTypeOf(keys: Iterable<ClassicKey>): 'Http' | 'Rest' {
  for (const { method, path } of keys) if (method === 'ANY' || isGreedy(path)) return 'Http';
  return 'Rest';
}

/** Classes of policies of APIG that a hand-over uses, in the service's own words. */
export type PolicyClass =
  | 'HttpRewrite'
  | 'HeaderModify'
  | 'Timeout'
  | 'RateLimit'
  | 'Cors'
  | 'IpAccessControl'
  | 'ServiceTls'
  | 'DirectResponse';

/** Whole seconds: the sample of the policy Timeout has no other unit. */
export const timeoutSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/** Units of RateLimit that samples of the service show; a longer one is [U]. */
export const RATE_UNITS: Readonly<Record<string, 'Second' | 'Minute' | undefined>> = {
  SECOND: 'Second',
  MINUTE: 'Minute',
};

/** What stands for a system parameter of the classic service on APIG. */
export interface SystemSubstitute {
  /** How the backend gets it: the header that the engine adds by itself, or a header that a policy sets from this variable. */
  readonly how: string;
  /** Whether a source confirms it; the others are [U]. */
  readonly confirmed: boolean;
}

/**
 * System parameters by name. Those that are not here have no known counterpart.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/system-parameters
 */
export const SYSTEM_PARAMETERS: Readonly<Record<string, SystemSubstitute>> = {
  // FAQ of APIG: the gateway appends the caller's address to this header.
  CaClientIp: { how: 'the first address in X-Forwarded-For', confirmed: true },
  // Consumers are named to the backend: README of hmac-auth in alibaba/higress.
  CaAppId: { how: 'the name of the consumer in X-Mse-Consumer', confirmed: true },
  CaClientUa: { how: 'the header User-Agent, which is passed on', confirmed: true },
  CaDomain: { how: 'the header Host, where no policy rewrites it', confirmed: true },
  CaHttpSchema: { how: 'the header X-Forwarded-Proto', confirmed: false },
  CaRequestId: { how: 'the header X-Request-Id', confirmed: false },
};
