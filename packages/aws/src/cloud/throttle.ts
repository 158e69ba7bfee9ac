import type { Throttle } from '@postern/core/internal/snapshot';

/** The limits of a route or a method, as API Gateway has them. */
export interface MethodSettings {
  readonly throttlingRateLimit?: number | undefined;
  readonly throttlingBurstLimit?: number | undefined;
}

/** A limit of -1 is none. */
export function throttleIn({
  throttlingRateLimit: rate = -1,
  throttlingBurstLimit: burst = -1,
}: MethodSettings): Throttle {
  return { ...(rate < 0 ? {} : { rate }), ...(burst < 0 ? {} : { burst }) };
}
