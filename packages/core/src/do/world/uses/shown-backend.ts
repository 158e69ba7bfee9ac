import type { Gateway, GatewayUse } from '../../model/gateway.js';
import type { Route } from '../../model/route.js';

/**
 * What a version of a route calls, as text: a target's ID, an address, `a mock`, `named backend be`. Undefined: not read.
 * @param stage undefined: the draft
 */
export function shownBackend({ uses = [] }: Gateway, route: Route, stage: string | undefined): string | undefined {
  const own = stage === undefined ? route.targetId : publishedTarget(route, stage);
  if (own !== undefined) return own;
  const shared = uses.filter(({ kind, routeIds }) => kind === 'backend' && routeIds.includes(route.id));
  const named = shared.find((use) => stage === undefined || use.stage === stage);
  if (named !== undefined) return `named backend ${named.name}`;
  const use = uses.find((one) => one.kind === 'route' && one.stage === stage && one.routeIds.includes(route.id));
  return use && endText(use);
}

function publishedTarget({ publishedTargets = {} }: Route, stage: string): string | undefined {
  return Object.hasOwn(publishedTargets, stage) ? publishedTargets[stage] : undefined;
}

function endText({ targetId, scheme, host, port, unreadable }: GatewayUse): string | undefined {
  if (targetId !== undefined || host === undefined) return targetId ?? unreadable;
  return `${scheme === undefined ? '' : `${scheme}://`}${host}${port === undefined ? '' : `:${port}`}`;
}
