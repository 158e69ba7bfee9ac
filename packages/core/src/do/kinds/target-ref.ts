import type { TargetRef } from '../model/target.js';

/** A reference as text: `listener arn:…`, `listener orders-alb:443`, `instance lb-1:8080`. */
export function targetText(ref: TargetRef): string {
  if ('service' in ref) return `service ${ref.service}`;
  if ('instance' in ref) return `instance ${ref.instance}:${ref.port}`;
  if ('address' in ref) return `address ${ref.address}:${ref.port}`;
  return `listener ${typeof ref.listener === 'string' ? ref.listener : `${ref.listener.loadBalancer}:${ref.listener.port}`}`;
}

/**
 * Whether a reference means a resource that is created on demand (an authorization), not one that must exist.
 */
export function isMadeOnDemand(ref: TargetRef): boolean {
  return 'instance' in ref || 'address' in ref;
}
