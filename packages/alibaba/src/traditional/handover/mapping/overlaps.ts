import { grouped } from '@postern/core/internal/kinds';
import {
  hasParameters,
  isGreedy,
  matchKey,
  routeMatch,
  shareMethod,
  type ClassicKey,
  type RouteMatch,
} from './route-match.js';
import { CLOUD_NATIVE_TYPES } from '../../../cloud-native/cloud/types.js';
import { instanceSpec } from '../../cloud/instance-specs.js';

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
