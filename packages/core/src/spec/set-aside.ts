import { isName } from '../model/marks.js';
import { ID, ROUTE_KEY } from './patterns.js';
import { isPlainMap, type Plain, type PlainMap } from './plain.js';
import type { CheckedSpec } from './schema.js';

/** A spec without those of its targets and routes that are plainly right. */
export interface SetAside {
  readonly rest: Plain;
  /** Puts them back into what the schema made of the rest. */
  readonly putBack: (checked: CheckedSpec) => CheckedSpec;
}

/**
 * Takes out of a spec what needs no schema to be seen to be right: an integration's targets where each is a listener, an instance or an
 * address with a port and nothing else, and its routes. A schema explains what is wrong, and takes ten times as long to find that nothing
 * is; and these two are the lists of a spec that are long. What is not plainly right stays for the schema to judge, which alone
 * says what is wrong.
 */
export function setAside(spec: Plain): SetAside {
  const integrations = isPlainMap(spec) ? spec['integrations'] : undefined;
  if (!isPlainMap(spec) || !isPlainMap(integrations)) return { rest: spec, putBack: (checked) => checked };
  const aside = new Map<string, PlainMap>();
  const rest: PlainMap = Object.create(null) as PlainMap;
  for (const name of Object.keys(integrations)) {
    const integration = integrations[name] ?? null;
    const taken = isPlainMap(integration) ? plainlyRight(integration) : undefined;
    rest[name] = isPlainMap(integration) && taken !== undefined ? { ...integration, ...emptied(taken) } : integration;
    if (taken !== undefined) aside.set(name, taken);
  }
  return {
    rest: { ...spec, integrations: rest },
    putBack: (checked) => ({
      ...checked,
      integrations: Object.fromEntries(
        Object.entries(checked.integrations ?? {}).map(([name, one]) => [name, { ...one, ...aside.get(name) }]),
      ),
    }),
  };
}

/** Those of an integration's lists of which every member is plainly right. */
function plainlyRight({ targets, routes }: PlainMap): PlainMap | undefined {
  const taken: PlainMap = {};
  if (isPlainMap(targets) && everyMember(targets, isName, isPlainTarget)) taken['targets'] = targets;
  if (isPlainMap(routes) && everyMember(routes, isRouteKey, isTargetName)) taken['routes'] = routes;
  return taken['targets'] === undefined && taken['routes'] === undefined ? undefined : taken;
}

function emptied(taken: PlainMap): PlainMap {
  return Object.fromEntries(Object.keys(taken).map((key) => [key, {}]));
}

function everyMember(map: PlainMap, isKey: (key: string) => boolean, fits: (value: Plain) => boolean): boolean {
  for (const key of Object.keys(map)) if (!isKey(key) || !fits(map[key] ?? null)) return false;
  return true;
}

/** `{ listener: ARN }`, `{ listener: { loadBalancer, port } }`, `{ instance, port }` or `{ address, port }`. */
function isPlainTarget(target: Plain): boolean {
  if (!isPlainMap(target)) return false;
  const { listener, instance, address, port } = target;
  if (listener !== undefined) return hasMembers(target, 1) && (isId(listener) || isListener(listener));
  if (!hasMembers(target, 2) || !isPort(port)) return false;
  return instance === undefined ? typeof address === 'string' : isId(instance);
}

function isListener(listener: Plain): boolean {
  return isPlainMap(listener) && hasMembers(listener, 2) && isId(listener['loadBalancer']) && isPort(listener['port']);
}

function hasMembers(map: PlainMap, count: number): boolean {
  return Object.keys(map).length === count;
}

function isId(value: Plain | undefined): boolean {
  return typeof value === 'string' && ID.test(value);
}

function isPort(value: Plain | undefined): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65_535;
}

function isRouteKey(key: string): boolean {
  return ROUTE_KEY.test(key);
}

function isTargetName(value: Plain): boolean {
  return typeof value === 'string' && isName(value);
}
