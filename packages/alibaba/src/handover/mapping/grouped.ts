import { CLOUD_NATIVE_TYPES } from '../../cloud/apig-gateway/types.js';
import { instanceSpec } from '../../cloud/integration-instance/instance-specs.js';

/** Items by a key, in their order. */
export function grouped<T>(items: Iterable<T>, keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

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
