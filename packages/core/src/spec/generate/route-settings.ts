import type { GatewayKindTraits } from '../../do/kinds/gateway/gateway-traits.js';
import { changedSettings } from '../../do/kinds/gateway/gateway-spec.js';
import type { Route, RouteParameters, RouteSettings } from '../../do/model/route.js';
import { escapeVariables } from '../parse/environment.js';
import { durationText } from '../schema/fields.js';
import { routeForms } from '../schema/route-schema.js';
import { fits } from './link-input.js';
import type { WrittenRoute } from './declared-settings.js';

type Setting = keyof RouteSettings;

/** The settings of a route that a spec can declare, and the names of those that it cannot express. */
export interface Expressible {
  readonly settings: RouteSettings;
  readonly lost: readonly string[];
}

/** What of a route's settings that are not those of a new route a spec of its kind can declare. */
export function expressible(traits: GatewayKindTraits, route: Route): Expressible {
  const changed = changedSettings(traits, route);
  const kept: [Setting, unknown][] = [];
  const lost: string[] = [];
  for (const name of (Object.keys(changed) as Setting[]).filter((one) => traits.settings.includes(one))) {
    const written = inputOf({ [name]: changed[name] });
    const [key = name, value] = Object.entries(written)[0] ?? [];
    if (fits(routeForms[key as keyof typeof routeForms], value)) kept.push([name, changed[name]]);
    else lost.push(key);
  }
  return { settings: Object.fromEntries(kept), lost };
}

/** The keys of a spec for the settings of routes that are not those of a new route, each once. */
export function settingKeys(traits: GatewayKindTraits, routes: readonly Route[]): readonly string[] {
  const keys = routes.flatMap((route) => {
    const { settings, lost } = expressible(traits, route);
    return [...Object.keys(inputOf(settings)), ...lost];
  });
  return [...new Set(keys)].toSorted();
}

/** A route as a spec writes it: the name of its target, with the settings where there are some. */
export function writtenRoute(target: string, settings: RouteSettings | undefined): WrittenRoute {
  const { parameters, ...others } = settings ?? {};
  const escaped = parameters === undefined ? {} : { parameters: escapedParameters(parameters) };
  const written = inputOf({ ...others, ...escaped });
  return Object.keys(written).length === 0 ? target : ({ target, ...written } as WrittenRoute);
}

/** Settings in the keys of a spec. */
function inputOf({ timeoutMs, parameters, ...others }: RouteSettings): Readonly<Record<string, unknown>> {
  return {
    ...others,
    ...(timeoutMs === undefined ? {} : { timeout: durationText(timeoutMs) }),
    ...(parameters === undefined ? {} : { parameters: withoutEmpty(parameters) }),
  };
}

function withoutEmpty(parameters: RouteParameters): RouteParameters {
  return Object.fromEntries(Object.entries(parameters).filter(([, own]) => Object.keys(own ?? {}).length > 0));
}

/** A constant may hold what a spec reads as a variable of the environment. */
function escapedParameters(parameters: RouteParameters): RouteParameters {
  const escaped = (own: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(own).map(([name, value]) => [name, escapeVariables(value)]));
  return Object.fromEntries(
    Object.entries<RouteParameters[keyof RouteParameters]>(parameters).flatMap(([part, own]) =>
      own ? [[part, escaped(own)]] : [],
    ),
  );
}
