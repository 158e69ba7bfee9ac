import type { Gateway, ServedRoutes, Stage } from '../model/gateway.js';
import type { RouteParameters, Route } from '../model/route.js';
import { NOT_SHOWN, secretMembers, withoutSecrets } from '../../ground/text/secrets.js';
import { defined } from '../../ground/defined.js';
import type { Snapshot } from './snapshot.js';

/** A constant of a route's parameters that is not shown. */
export const HIDDEN_CONSTANT = `'${NOT_SHOWN}'`;

/** `all`: every value that no route is named by; `secrets`: those that look like secrets, by their name or form. */
export type HiddenValues = 'all' | 'secrets';

/**
 * The snapshot without values that users write freely, and that may be secrets: stage variables, and constants of the
 * parameters of routes. A variable that names a link or a target is kept, and so is where a parameter comes from
 * (`header.authorization`). The same value where nothing is hidden.
 */
export function hideValues(snapshot: Snapshot, what: HiddenValues): Snapshot {
  let changed = false;
  const regions = snapshot.regions.map((region) => {
    const gateways = region.gateways.map((gateway) => gatewayOf(gateway, what));
    if (gateways.every((one, at) => one === region.gateways[at])) return region;

    changed = true;
    return { ...region, gateways };
  });
  return changed ? { ...snapshot, regions } : snapshot;
}

function gatewayOf(gateway: Gateway, what: HiddenValues): Gateway {
  const naming = new Set(gateway.routes.flatMap(({ variables }) => variables ?? []));
  const stages = gateway.stages.map((stage) => stageOf(stage, naming, what));
  const routes = gateway.routes.map((route) => routeOf(route, what));
  const isSame =
    stages.every((one, at) => one === gateway.stages[at]) && routes.every((one, at) => one === gateway.routes[at]);
  return isSame ? gateway : { ...gateway, stages, routes };
}

function stageOf(stage: Stage, naming: ReadonlySet<string>, what: HiddenValues): Stage {
  const { variables, canary, served } = stage;
  if (
    variables === undefined &&
    canary?.variables === undefined &&
    served === undefined &&
    canary?.served === undefined
  )
    return stage;

  const hidden = (values: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    mapped(values, (name, value) => (naming.has(name) ? value : textOf(what, name, value, NOT_SHOWN)));
  return {
    ...stage,
    ...(variables === undefined ? {} : { variables: hidden(variables) }),
    ...(served === undefined ? {} : { served: servedOf(served, what) }),
    ...(canary === undefined
      ? {}
      : {
          canary: {
            ...canary,
            ...(canary.variables === undefined ? {} : { variables: hidden(canary.variables) }),
            ...(canary.served === undefined ? {} : { served: servedOf(canary.served, what) }),
          },
        }),
  };
}

function servedOf(served: ServedRoutes, what: HiddenValues): ServedRoutes {
  return { ...served, routes: served.routes.map((route) => routeOf(route, what)) };
}

function routeOf(route: Route, what: HiddenValues): Route {
  const { settings, writtenPath } = route;
  if (settings?.parameters === undefined) return route;

  const parameters = parametersOf(settings.parameters, what);
  // A constant can be a part of the path.
  const inPath = Object.entries(settings.parameters.path ?? {}).filter(
    ([name, text]) => parameters.path?.[name] !== text,
  );
  const path = inPath.reduce((text, [name, value]) => text?.replaceAll(value.slice(1, -1), `{${name}}`), writtenPath);
  return { ...route, ...defined({ writtenPath: path }), settings: { ...settings, parameters } };
}

function parametersOf(parameters: RouteParameters, what: HiddenValues): RouteParameters {
  const hidden = (own: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    mapped(own, (name, value) => (isConstant(value) ? textOf(what, name, value, HIDDEN_CONSTANT) : value));
  return Object.fromEntries(
    Object.entries<RouteParameters[keyof RouteParameters]>(parameters).flatMap(([part, own]) =>
      own ? [[part, hidden(own)]] : [],
    ),
  );
}

/** Whether a snapshot has the value of a tag, a variable or a parameter of this name as one that is not shown. */
export function looksSecret(name: string, value: string): boolean {
  return isConstant(value) && textOf('secrets', name, value, HIDDEN_CONSTANT) !== value;
}

function isConstant(source: string): boolean {
  return !/^(?:path|query|header|context)\./.test(source);
}

function textOf(what: HiddenValues, name: string, value: string, hidden: string): string {
  if (value === '' || value === "''") return value;
  if (what === 'all' || secretMembers({ [name]: value }) !== undefined) return hidden;

  return withoutSecrets(value);
}

function mapped(
  values: Readonly<Record<string, string>>,
  change: (name: string, value: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(name, value)]));
}
