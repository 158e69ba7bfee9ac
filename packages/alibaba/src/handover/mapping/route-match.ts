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
  const base = basePath.replace(/\/+$/, '');
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
export const bracedPath = (path: string): string => path.replace(/\[([^\]]*)\]/g, '{$1}');

function expressionOf(path: string): string {
  return path
    .split(/(\[[^\]]*\]|\*$)/)
    .map((part) => (part === '*' ? '.*' : part.startsWith('[') ? '[^/]+' : part.replace(/[.+?^${}()|\\*]/g, '\\$&')))
    .join('');
}

/** Equal for two keys that become one route. */
export function matchKey({ path, methods }: RouteMatch): string {
  return `${methods.join(',') || 'ANY'} ${path.type} ${path.value}`;
}
