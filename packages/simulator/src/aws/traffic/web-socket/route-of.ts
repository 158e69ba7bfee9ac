import type { DeploymentRow, RouteRow } from '../../http-api/state.js';
import { textIn } from './mapped.js';

/**
 * The route of a message: the one whose key the selection expression yields, else `$default`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
 */
export function routeOfMessage(deployment: DeploymentRow, expression: string, body: string): RouteRow | undefined {
  const key = keyOf(expression, body);
  return routeOf(deployment, key) ?? routeOf(deployment, '$default');
}

/** The route of a key. */
export function routeOf({ routes }: DeploymentRow, key: string): RouteRow | undefined {
  return routes.find(({ RouteKey }) => RouteKey === key);
}

/** `$request.body.action`, or several with text between them: `${request.body.service}/${request.body.action}`. */
function keyOf(expression: string, body: string): string {
  const [, single] = /^\$request\.body\.([\w.]+)$/.exec(expression) ?? [];
  if (single !== undefined) return textIn(body, single) ?? '';
  return expression.replaceAll(/\$\{request\.body\.([\w.]+)\}/g, (_, path: string) => textIn(body, path) ?? '');
}
