import type { CacheSettings, Gateway, GatewaySpec, Stage } from '../../model/gateway.js';
import { canonicalJson } from '../../../ground/hash.js';
import { entryOf, type Json } from '../../../ground/json.js';
import type { GatewayKindTraits } from './gateway-traits.js';
import type { Route, RouteSettings, Throttle } from '../../model/route.js';

/** The member of a reference that names its gateway: all others are of its stages. */
export function gatewayKey(reference: GatewaySpec): string {
  return Object.keys(reference).find((key) => key !== 'stage' && key !== 'stages') ?? '';
}

/** The ID that a reference to a gateway names. */
export function gatewayId(reference: GatewaySpec): string {
  return String(reference[gatewayKey(reference)] ?? '');
}

/** The IDs of the gateways that some references name by a key: `httpApi`. */
export function gatewayIdsBy(key: string, references: readonly GatewaySpec[] = []): readonly string[] {
  return references.filter((one) => gatewayKey(one) === key).map(gatewayId);
}

/** The stages that a reference names: those to which routes are published one by one. */
export function stagesOf(reference: GatewaySpec): readonly string[] | undefined {
  return reference.stages;
}

/**
 * The one stage that a reference names, where routes of its kind are deployed to one: it may not exist yet.
 * Undefined: every stage of the gateway is deployed.
 */
export function deployedStage(reference: GatewaySpec): string | undefined {
  return reference.stage;
}

/** The stages of a gateway that a reference is about: the one that it names, where it exists, or each. */
export function stagesNamed(gateway: Pick<Gateway, 'stages'> | undefined, reference: GatewaySpec): readonly Stage[] {
  const named = deployedStage(reference);
  return (gateway?.stages ?? []).filter(({ name }) => named === undefined || name === named);
}

/** The stages that callers of a reference's routes use, as far as the reference decides that. */
export function declaredStages(reference: GatewaySpec): readonly string[] | undefined {
  const one = deployedStage(reference);
  return one === undefined ? stagesOf(reference) : [one];
}

/** The settings that are declared for a route, without those that the cloud keeps with its stage. */
export function settingsOfRoute(
  { throttledAt }: GatewayKindTraits,
  settings: Readonly<Record<string, RouteSettings>> | undefined,
  key: string,
): RouteSettings | undefined {
  const declared = entryOf(settings, key);
  if (throttledAt !== 'stage' || declared?.throttle === undefined) return declared;

  const { throttle: _throttle, ...own } = declared;
  return Object.keys(own).length === 0 ? undefined : own;
}

export function declaredThrottles(
  settings: Readonly<Record<string, RouteSettings>> = {},
): readonly { readonly key: string; readonly throttle: Throttle }[] {
  return Object.entries(settings).flatMap(([key, { throttle }]) => (throttle === undefined ? [] : [{ key, throttle }]));
}

/** What a stage throttles a route to; undefined: it has no throttle of its own. */
export function throttleOf({ throttles = [] }: Pick<Stage, 'throttles'>, key: string): Throttle | undefined {
  return throttles.find((one) => one.key === key)?.throttle;
}

/** Whether a throttle has the limits that are declared. One that is not declared is not compared. */
export function hasLimits(is: Throttle | undefined, declared: Throttle): boolean {
  const limits = ['rate', 'burst'] as const;
  return limits.every((limit) => declared[limit] === undefined || declared[limit] === is?.[limit]);
}

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

const KEY = /^GET \/postern-probe-[0-9a-f]{32}$/;

/** The path of a route that exists only while a link is tested: `/postern-probe-` and 128 random bits as hexadecimal digits. */
export function temporaryPath(random: () => number): string {
  const part = (): string =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return `/postern-probe-${part()}${part()}${part()}${part()}`;
}

/** Whether a route is one of those. One that is there was left by a run that ended before it deleted it. */
export function isTemporaryRoute({ key }: Pick<Route, 'key'>): boolean {
  return KEY.test(key);
}

/** The resources below the root that routes with these keys need: one for each part of a path, as a tree. */
export function resourcesOf(keys: readonly string[]): number {
  const made = new Set<string>();
  for (const key of keys) {
    const [, path = ''] = /^\S+ \/(.*)$/.exec(key) ?? [];
    const parts = path.split('/').filter((part) => part !== '');
    for (const at of parts.keys()) made.add(parts.slice(0, at + 1).join('/'));
  }
  return made.size;
}

/** Two names of the variable at one place of the paths of a gateway. */
export interface VariableClash {
  /** In the first route key: `{id}`. */
  readonly one: string;
  /** In the second: `{other}`. */
  readonly other: string;
}

/**
 * Why two routes cannot be on one gateway: it has one variable at each place of its paths, and they name it `{id}`
 * and `{other}`. Undefined where they can.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateResource.html
 * @see https://github.com/plutomi/plutomi/issues/271 of HTTP APIs
 */
export function variableClash(
  { paths }: GatewayKindTraits,
  oneKey: string,
  otherKey: string,
): VariableClash | undefined {
  if (paths?.oneVariable === undefined) return undefined;
  if (paths.oneVariable === 'same-shape' && keyShape(oneKey) !== keyShape(otherKey)) return undefined;

  const others = partsOf(otherKey);
  const one = partsOf(oneKey);
  const at = one.findIndex((part, index) => part !== others[index]);
  const [part = '', other = ''] = [one[at], others[at]];
  return part.startsWith('{') && other.startsWith('{') ? { one: part, other } : undefined;
}

/** A route key without the names of its variables. */
export function keyShape(key: string): string {
  return key.replaceAll(/\{[^{}+]+/g, '{');
}

function partsOf(key: string): readonly string[] {
  return key.replace(/^\S+ \//, '').split('/');
}

/** Whether a stage has the cache that a spec declares. What is not declared may be anything. */
export function hasCache(is: CacheSettings | undefined, declared: CacheSettings): boolean {
  const members = ['size', 'ttlSeconds', 'encrypted'] as const;
  return members.every((member) => declared[member] === undefined || declared[member] === is?.[member]);
}
