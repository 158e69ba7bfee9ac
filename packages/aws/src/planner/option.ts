import { API_GATEWAY_QUOTAS } from '../cloud/quotas/api-gateway.js';
import { defaultIn } from '@postern/core/kinds';
import { servedZones } from '../cloud/vpc-link-v2/zones.js';
import { type AwsQuota } from '../cloud/quotas/quotas.js';
import type { PlannerOption, Support } from '@postern/core/planner';
import type { PriceName } from './prices.js';

/** An option of AWS. */
export type AwsOption = PlannerOption<AwsQuota, PriceName>;

/**
 * The requests that an account may have at once in a region, beside its rate: the size of the token bucket. AWS derives it
 * from the rate, and it cannot be raised by itself.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export function burstIn(region: string): number {
  const { 'requests-per-second': rate } = API_GATEWAY_QUOTAS;
  return defaultIn(rate, region) < rate.byDefault ? 1_250 : 5_000;
}

/** Whether VPC links V2 are offered in a region: `unknown` in regions that the table of zones lacks. */
export function linksV2In(region: string): Support {
  const zones = servedZones(region);
  if (zones === undefined) return 'unknown';
  return zones.length > 0 ? 'yes' : 'no';
}
