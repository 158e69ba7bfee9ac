import { GATEWAY_KINDS } from '../../kinds/gateway/gateway-table.js';
import type { GatewayKind } from '../../model/gateway.js';
import type { RouteSettings } from '../../model/route.js';
import type { IntegrationSpec } from '../../model/spec.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedRoute } from '../schema/integration-schema.js';
import type { Path } from '../source/plain-value.js';
import { pick } from './pick.js';

type Given = Readonly<Record<string, string | CheckedRoute>>;

/** Routes with the names of their targets, and the settings of those that declare some; also those that the gateway does not have. */
export function resolveRoutes(
  kind: GatewayKind,
  given: Given,
  path: Path,
  problems: Problem[],
): Pick<IntegrationSpec, 'routes' | 'settings'> {
  if (Object.values(given).every((route) => typeof route === 'string'))
    return { routes: given as Record<string, string> };
  const settings: [string, RouteSettings][] = [];
  const routes = Object.entries(given).map(([key, route]) => {
    if (typeof route === 'string') return [key, route];
    const { target, timeout, ...others } = route;
    const own: RouteSettings = {
      ...pick(others, ['host', 'parameters', 'authorizer', 'scopes', 'apiKey', 'stream']),
      ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    };
    if (Object.keys(own).length > 0) settings.push([key, own]);
    refuse(kind, own, [...path, key], problems);
    return [key, target];
  });
  return {
    routes: Object.fromEntries(routes) as Record<string, string>,
    ...(settings.length === 0 ? {} : { settings: Object.fromEntries(settings) }),
  };
}

function refuse(kind: GatewayKind, own: RouteSettings, path: Path, problems: Problem[]): void {
  const { settings, title } = GATEWAY_KINDS[kind];
  for (const setting of Object.keys(own) as (keyof RouteSettings)[]) {
    if (settings.includes(setting)) continue;
    const key = setting === 'timeoutMs' ? 'timeout' : setting;
    const remedy = `Remove ${key}: routes of ${title} do not have it.`;
    problems.push({ code: 'INVALID_SPEC', message: `${title} has no ${key}`, remedy, path: [...path, key], key: true });
  }
}
