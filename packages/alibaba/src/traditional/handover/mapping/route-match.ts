import { grouped } from '@postern/core/internal/kinds';
import { CLOUD_NATIVE_TYPES } from '../../../cloud-native/cloud/types.js';
import { instanceSpec } from '../../cloud/instance-specs.js';

/** What a route of APIG matches, in the service's own words. No methods: all of them. */
export interface RouteMatch {
  readonly path: { readonly type: 'Exact' | 'Prefix' | 'Regex'; readonly value: string };
  readonly methods: readonly string[];
}

/** A method and a path of the classic service, with the base path: `GET /shop/orders/[id]`. */
interface ClassicKey {
  readonly method: string;
  readonly path: string;
}

/** Whether a path has parameters: `/orders/[id]`. */
export const hasParameters = (path: string): boolean => path.includes('[');

/** Whether a path matches all that is below it: `/files/*`. */
export const isGreedy = (path: string): boolean => path.endsWith('*');

/** A path below the base path of its group. */
export function fullPath(basePath: string, path: string): string {
  const base = basePath.replace(/(?<!\/)\/+$/, '');
  return base === '' ? path : `${base}${path}`;
}

/** Whether a call may be one of both methods. */
const shareMethod = (a: string, b: string): boolean => a === b || a === 'ANY' || b === 'ANY';

/**
 * The match of one API. A parameter is one segment of the path. The expression begins with `^` and ends with `$`, so that it
 * matches the same paths whether or not the engine matches the whole path by itself. `asRegex`: a greedy path that contains paths
 * with parameters must be an expression, too, because the engine prefers any prefix to any expression.
 * @see https://github.com/alibaba/higress `SortHTTPRoutes`
 */
export function routeMatch({ method, path }: ClassicKey, { asRegex = false } = {}): RouteMatch {
  const methods = method === 'ANY' ? [] : [method];
  if (!hasParameters(path) && !isGreedy(path)) return { path: { type: 'Exact', value: path }, methods };
  if (isGreedy(path) && !hasParameters(path) && !asRegex) {
    return { path: { type: 'Prefix', value: path.slice(0, -1) }, methods };
  }

  return { path: { type: 'Regex', value: `^${expressionOf(path)}$` }, methods };
}

/** Braces in place of brackets, as an HTTP API of type Rest writes parameters: `/orders/{id}`. */
export const bracedPath = (path: string): string => path.replace(/\[([^[\]]*)\]/g, '{$1}');

function expressionOf(path: string): string {
  return path
    .split(/(\[[^[\]]*\]|\*$)/)
    .map((part) => (part === '*' ? '.*' : part.startsWith('[') ? '[^/]+' : part.replace(/[.+?^${}()|\\*]/g, '\\$&')))
    .join('');
}

/** Equal for two keys that become one route. */
function matchKey({ path, methods }: RouteMatch): string {
  return `${methods.join(',') || 'ANY'} ${path.type} ${path.value}`;
}

/**
 * The type of the HTTP API on the target: the provider's own tool skips APIs with the method ANY and greedy paths where the type is
 * Rest, and so does not use it for them.
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/use-cases/common-problems-and-troubleshooting
 */
export function apiTypeOf(keys: Iterable<ClassicKey>): 'Http' | 'Rest' {
  for (const { method, path } of keys) if (method === 'ANY' || isGreedy(path)) return 'Http';
  return 'Rest';
}

/** Classes of policies of APIG that a hand-over uses, in the service's own words. */
export type PolicyClass =
  | 'HttpRewrite'
  | 'HeaderModify'
  | 'Timeout'
  | 'RateLimit'
  | 'Cors'
  | 'IpAccessControl'
  | 'ServiceTls'
  | 'DirectResponse';

/** Whole seconds: the sample of the policy Timeout has no other unit. */
export const timeoutSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

/** Units of RateLimit that samples of the service show; a longer one is [U]. */
export const RATE_UNITS: Readonly<Record<string, 'Second' | 'Minute' | undefined>> = {
  SECOND: 'Second',
  MINUTE: 'Minute',
};

/** What stands for a system parameter of the classic service on APIG. */
export interface SystemSubstitute {
  /** How the backend gets it: the header that the engine adds by itself, or a header that a policy sets from this variable. */
  readonly how: string;
  /** Whether a source confirms it; the others are [U]. */
  readonly confirmed: boolean;
}

/**
 * System parameters by name. Those that are not here have no known counterpart.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/system-parameters
 */
export const SYSTEM_PARAMETERS: Readonly<Record<string, SystemSubstitute>> = {
  // FAQ of APIG: the gateway appends the caller's address to this header.
  CaClientIp: { how: 'the first address in X-Forwarded-For', confirmed: true },
  // Consumers are named to the backend: README of hmac-auth in alibaba/higress.
  CaAppId: { how: 'the name of the consumer in X-Mse-Consumer', confirmed: true },
  CaClientUa: { how: 'the header User-Agent, which is passed on', confirmed: true },
  CaDomain: { how: 'the header Host, where no policy rewrites it', confirmed: true },
  CaHttpSchema: { how: 'the header X-Forwarded-Proto', confirmed: false },
  CaRequestId: { how: 'the header X-Request-Id', confirmed: false },
};

/** The smallest type that takes as many new HTTPS connections as the instance: by requests no table of types is known. */
export function typeFor(spec: string | undefined): (typeof CLOUD_NATIVE_TYPES)[number] {
  return typeTaking(instanceSpec(spec)?.newConnections ?? 0) ?? CLOUD_NATIVE_TYPES[0];
}

/** What was measured at most, a second. */
interface Peak {
  readonly requestsPerSecond: number;
  readonly newConnections?: number | undefined;
}

/** New connections a second of a peak: those that were measured, else one for each request. No request opens more. */
export const neededBy = ({ requestsPerSecond, newConnections = requestsPerSecond }: Peak): number => newConnections;

/** What a peak was, as a part of a sentence. */
export const peakText = ({ requestsPerSecond, newConnections }: Peak): string =>
  newConnections === undefined
    ? `${requestsPerSecond} requests a second`
    : `${newConnections} new connections a second`;

/** The smallest type that takes so many new HTTPS connections a second; undefined where none does. */
export const typeTaking = (needed: number): (typeof CLOUD_NATIVE_TYPES)[number] | undefined =>
  CLOUD_NATIVE_TYPES.find(({ newConnections }) => newConnections >= needed);

/** New HTTPS connections a second of a gateway, where its type is known. */
export const connectionsOf = (gateway: string | undefined): number | undefined =>
  CLOUD_NATIVE_TYPES.find(({ name }) => name === gateway)?.newConnections;

/** New HTTPS connections a second of an instance and of a gateway, where both are known. */
export function sizesOf(
  instance: string | undefined,
  gateway: string | undefined,
): { readonly before: number; readonly after: number } | undefined {
  const before = instanceSpec(instance)?.newConnections;
  const after = connectionsOf(gateway);
  return before === undefined || after === undefined ? undefined : { before, after };
}

/** The match of each key, and which of them match the same calls. */
export interface Matches<K extends ClassicKey> {
  readonly of: ReadonlyMap<K, RouteMatch>;
  /** Keys that would be one route. */
  readonly same: readonly (readonly K[])[];
  /** Two keys of which the engine chooses by its own order. */
  readonly overlaps: readonly (readonly [K, K])[];
}

/** The matches of all APIs of a stage. */
export function matchesOf<K extends ClassicKey>(keys: readonly K[]): Matches<K> {
  const patterns = keys
    .filter(({ path }) => hasParameters(path) || isGreedy(path))
    .map((key) => ({ key, parts: partsOf(key.path) }));
  const overlaps: (readonly [K, K])[] = [];
  const asRegex = new Set<K>();
  for (const [one, other] of pairsOf(patterns)) {
    if (!shareMethod(one.key.method, other.key.method) || !overlap(one.parts, other.parts)) continue;

    overlaps.push([one.key, other.key]);
    for (const { key } of [one, other]) if (isGreedy(key.path)) asRegex.add(key);
  }
  const of = new Map(keys.map((key) => [key, routeMatch(key, { asRegex: asRegex.has(key) })] as const));
  const byMatch = grouped(keys, (key) => matchKey(of.get(key) as RouteMatch));
  const same = [...byMatch.values()].filter((group) => group.length > 1);
  return {
    of,
    same,
    overlaps: overlaps.filter(([a, b]) => matchKey(of.get(a) as RouteMatch) !== matchKey(of.get(b) as RouteMatch)),
  };
}

interface Pattern<K> {
  readonly key: K;
  readonly parts: readonly (string | null)[];
}

/** Pairs that may overlap: those that begin alike, and each that begins with a parameter or `*` with all others. */
function* pairsOf<K>(patterns: readonly Pattern<K>[]): Iterable<readonly [Pattern<K>, Pattern<K>]> {
  const isOpen = ({ parts: [, first] }: Pattern<K>): boolean => first === null || first === '*';
  const open = patterns.filter(isOpen);
  const begun = grouped(
    patterns.filter((one) => !isOpen(one)),
    ({ parts: [, first] }) => first ?? '',
  );
  yield* eachPair(open);
  for (const alike of begun.values()) {
    yield* eachPair(alike);
    for (const one of open) for (const other of alike) yield [one, other];
  }
}

function* eachPair<T>(items: readonly T[]): Iterable<readonly [T, T]> {
  for (const [at, one] of items.entries()) for (const other of items.slice(at + 1)) yield [one, other];
}

/** The segments of a path; `null` is a parameter, and `*` all that follows. */
function partsOf(path: string): readonly (string | null)[] {
  return path.split('/').map((part) => (part.startsWith('[') ? null : part));
}

/** Whether a path exists that both match. */
function overlap(a: readonly (string | null)[], b: readonly (string | null)[]): boolean {
  for (let at = 0; ; at += 1) {
    const [one, other] = [a[at], b[at]];
    if (one === '*' || other === '*') return true;
    if (one === undefined || other === undefined) return one === other;
    if (one !== null && other !== null && one !== other) return false;
  }
}
