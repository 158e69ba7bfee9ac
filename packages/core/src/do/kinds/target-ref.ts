import type { FollowedRef, TargetRef } from '../model/target.js';
import type { Clouds } from './cloud/clouds.js';
import type { LinkKind } from '../model/link.js';

const PORT = 'port';

/** The key of a reference, which is that of a kind of target: `listener`, `address`. Beside it there is a port, or nothing. */
export function targetKey(ref: TargetRef): string {
  return Object.keys(ref).find((key) => key !== PORT) ?? PORT;
}

/** A reference by the keys that core follows. One by another key has none of them. */
export const followed = (ref: TargetRef): FollowedRef => ref as FollowedRef;

/** A reference as text: `listener arn:…`, `listener orders-alb:443`, `instance lb-1:8080`. */
export function targetText(ref: TargetRef): string {
  const key = targetKey(ref);
  const noun = key === 'dnsName' ? 'name' : key;
  const value = (ref as Readonly<Record<string, unknown>>)[key];
  if (!('port' in ref)) return `${noun} ${valueText(value)}`;
  return Array.isArray(value)
    ? `${noun} ${value.join(', ')}, port ${ref.port}`
    : `${noun} ${valueText(value)}:${ref.port}`;
}

/** What a reference names, without its kind: `orders-alb:443`, an ARN, an address. */
function valueText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.join(',');
  const { [PORT]: port, ...others } = value as Readonly<Record<string, unknown>>;
  return [...Object.values(others), ...(port === undefined ? [] : [port])].join(':');
}

/** The attribute that holds the address or the port of an instance of a service on a cloud, where it has services with attributes. */
export function registeredBy(clouds: Clouds, provider: string, of: 'address' | 'port'): string | undefined {
  const kinds = Object.values(clouds.named(provider)?.targets ?? {});
  return kinds.flatMap(({ [`${of}Attribute` as const]: attribute }) => attribute ?? [])[0];
}

/** What a reference names by its key: a machine or load balancer, an address, several of them, or a name. */
export function namedBy(ref: TargetRef): string {
  return valueText((ref as Readonly<Record<string, unknown>>)[targetKey(ref)]);
}

/**
 * Whether a link of a kind creates what a reference means on demand (an authorization), where it does not exist. Otherwise it
 * must exist.
 */
export function isMadeOnDemand(clouds: Clouds, kind: LinkKind, ref: TargetRef): boolean {
  return clouds.link(kind).plans.targetsAreResources && clouds.target(targetKey(ref)).mustExist !== true;
}
