import type { Route } from '../../model/route.js';

/**
 * The route that gets the calls of a key which no route has: the one of all methods at the same path.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings.html
 */
export function takingRoute(routes: ReadonlyMap<string, Route>, key: string): Route | undefined {
  return routes.get(key) ?? routes.get(`ANY ${pathOf(key)}`);
}

/** The routes that may get calls of a key, because their paths have variables, or because they get all other calls. */
export function coveringRoutes(routes: readonly Route[], key: string): readonly Route[] {
  const [verb, path] = [key.split(' ')[0], pathOf(key)];
  if (path === undefined) return [];
  return routes.filter((one) => {
    if (one.key === '$default') return true;
    const [own, pattern] = [one.key.split(' ')[0], pathOf(one.key)];
    return (own === 'ANY' || own === verb) && pattern !== undefined && covers(pattern.split('/'), path.split('/'));
  });
}

function pathOf(key: string): string | undefined {
  return /^[A-Z]+ (\/.*)$/.exec(key)?.[1];
}

function covers([part, ...parts]: readonly string[], [own, ...others]: readonly string[]): boolean {
  if (part === undefined || own === undefined) return part === own;
  if (/^\{.*\+\}$/.test(part)) return true;
  return (part === own || /^\{.*\}$/.test(part)) && covers(parts, others);
}
