import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import type { RouteSettings } from '../../do/model/route.js';
import type { IntegrationSpec } from '../../do/spec.js';
import { checkSettings } from '../check/check-settings.js';
import type { Problem } from '../problems/problem.js';
import type { CheckedRoute } from '../schema/route-schema.js';
import type { KeyPath } from '../source/plain-value.js';
import { pick } from './pick.js';

type Given = Readonly<Record<string, string | CheckedRoute>>;

/** Routes with the names of their targets, and the settings of those that declare some; also those that the gateway does not have. */
export function resolveRoutes(
  traits: GatewayKindTraits,
  given: Given,
  path: KeyPath,
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
    checkSettings(traits, key, own, [...path, key], problems);
    return [key, target];
  });
  return {
    routes: Object.fromEntries(routes) as Record<string, string>,
    ...(settings.length === 0 ? {} : { settings: Object.fromEntries(settings) }),
  };
}
