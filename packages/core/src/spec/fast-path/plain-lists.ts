import { isName } from '../../model/marks.js';
import { ID_RULE } from '../../forms/text-rules.js';
import { ROUTE_KEY } from '../../model/route.js';
import { isPlainMap, type Plain, type PlainMap } from '../source/plain-value.js';

/**
 * Recognizes parts of a spec that are certainly valid without a schema. A schema explains problems, and takes
 * ten times as long to find that there are none. A part that is not recognized may be valid, too: the schema
 * decides that.
 */

/** Targets of an integration: each a listener, an instance or an address with its port, and nothing else. */
export function arePlainTargets(targets: Plain | undefined): targets is PlainMap {
  return isPlainMap(targets) && everyMember(targets, isName, isPlainTarget);
}

/** Routes of an integration, each with the name of a target. */
export function arePlainRoutes(routes: Plain | undefined): routes is PlainMap {
  return isPlainMap(routes) && everyMember(routes, isRouteKey, isNameText);
}

/** Whether a map has only such members. */
export function everyMember(map: PlainMap, isKey: (key: string) => boolean, fits: (value: Plain) => boolean): boolean {
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

/** Whether a value is an id, and no look-up. */
export function isId(value: Plain | undefined): boolean {
  return typeof value === 'string' && ID_RULE.pattern.test(value);
}

function isPort(value: Plain | undefined): boolean {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65_535;
}

function isRouteKey(key: string): boolean {
  return ROUTE_KEY.test(key);
}

/** Whether a value names something of the spec. */
export function isNameText(value: Plain): boolean {
  return isName(value);
}
