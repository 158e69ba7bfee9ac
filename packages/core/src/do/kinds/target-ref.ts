import type { TargetRef } from '../model/target.js';

/** A reference as text: `listener arn:…`, `listener orders-alb:443`, `instance lb-1:8080`. */
export function targetText(ref: TargetRef): string {
  if ('service' in ref) return `service ${ref.service}`;
  if ('instance' in ref) return `instance ${ref.instance}:${ref.port}`;
  if ('address' in ref) return `address ${ref.address}:${ref.port}`;
  if ('addresses' in ref) return `addresses ${ref.addresses.join(', ')}, port ${ref.port}`;
  if ('dnsName' in ref) return `name ${ref.dnsName}:${ref.port}`;
  return `listener ${typeof ref.listener === 'string' ? ref.listener : `${ref.listener.loadBalancer}:${ref.listener.port}`}`;
}

/**
 * Whether a reference means a resource that is created on demand (an authorization), not one that must exist.
 */
export function isMadeOnDemand(ref: TargetRef): boolean {
  return 'port' in ref;
}

/** What a reference with a port names: a machine or load balancer, an address, several of them, or a name. */
export function namedBy(ref: Extract<TargetRef, { port: number }>): string {
  if ('instance' in ref) return ref.instance;
  if ('address' in ref) return ref.address;
  return 'addresses' in ref ? ref.addresses.join(',') : ref.dnsName;
}
