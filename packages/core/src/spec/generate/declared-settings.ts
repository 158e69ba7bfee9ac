import type { Claimant } from '../../do/model/ownership.js';
import type { Route, RouteSettings } from '../../do/model/route.js';
import { deployedRoute, deployMark } from '../../do/world/routes/deploy-mark.js';
import type { SpecInput } from '../schema/spec-schema.js';

type Setting = keyof RouteSettings;

const NAMES: readonly Setting[] = ['host', 'timeoutMs', 'parameters', 'authorizer', 'scopes', 'apiKey', 'stream'];

/** The managed routes of a gateway, each with the settings that a spec can declare for it. */
export type OwnRoutes = ReadonlyMap<Route, RouteSettings>;

/**
 * Which settings of a gateway's managed routes the spec declared that was applied last. The mark of a deployment is a
 * hash of the routes with their declared settings: with the same ones the mark is the same, and the stage needs no
 * deployment. Tried in this order: all settings that differ from those of a new route, none, and each part of their
 * names. Undefined where none of them gives the mark.
 */
export function declaredSettings(
  routes: OwnRoutes,
  mark: string,
  by: Claimant,
): ReadonlyMap<Route, RouteSettings> | undefined {
  const used = NAMES.filter((name) => [...routes.values()].some((settings) => settings[name] !== undefined));
  for (const names of parts(used)) {
    const chosen = new Map([...routes].map(([route, settings]) => [route, only(settings, names)]));
    const deployed = [...chosen].map(([route, settings]) => ({
      ...deployedRoute(route),
      ...(Object.keys(settings).length === 0 ? {} : { settings }),
    }));
    if (deployMark(by, deployed) === mark) return chosen;
  }
  return undefined;
}

function only(settings: RouteSettings, names: readonly Setting[]): RouteSettings {
  const kept = names.filter((name) => settings[name] !== undefined);
  return Object.fromEntries(kept.map((name) => [name, settings[name]]));
}

/** All parts of a list, the whole first, then none; at most 2⁷. */
function parts<T>(of: readonly T[]): readonly (readonly T[])[] {
  const all = of.reduce<readonly (readonly T[])[]>(
    (some, item) => [...some.map((one) => [...one, item]), ...some],
    [[]],
  );
  return [of, [], ...all];
}

/** Members of a spec as they are written. */
export type WrittenLink = NonNullable<SpecInput['links']>[string];
export type WrittenIntegration = NonNullable<SpecInput['integrations']>[string];
export type WrittenTarget = WrittenIntegration['targets'][string];
export type WrittenRoute = WrittenIntegration['routes'][string];
