import { canonicalJson } from '../../../ground/hash.js';
import type { Json } from '../../../ground/json.js';
import type { GatewayKindTraits } from './gateway-traits.js';
import type { Route, RouteSettings } from '../../model/route.js';

/** The settings of a route that differ from those of a new route. */
export function changedSettings(
  { newRoute = {}, balancerHost }: GatewayKindTraits,
  { settings = {}, tls }: Route,
): RouteSettings {
  const changed = (Object.keys(settings) as (keyof RouteSettings)[]).filter((name) => {
    const value = settings[name];
    if (value === undefined) return false;
    if (name === 'host') return value !== tls?.serverName && balancerHost?.test(value as string) !== true;
    return textOf(value) !== textOf(newRoute[name]);
  });
  return Object.fromEntries(changed.map((name) => [name, settings[name]]));
}

function textOf(value: RouteSettings[keyof RouteSettings]): string | undefined {
  if (value === undefined) return undefined;
  // Empty groups of parameters are no parameters.
  const isEmpty = (member: unknown): boolean =>
    typeof member === 'object' && member !== null && Object.keys(member).length === 0;
  const kept =
    typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined && !isEmpty(member)))
      : value;
  return canonicalJson(kept as Json);
}
