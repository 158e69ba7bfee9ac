import type { Feature, Protocol, Support, PlannerOption, BalancerKind } from '@postern/core/internal/planner';
import { API_GATEWAY_QUOTAS } from '../cloud/quotas/api-gateway.js';
import { defaultIn } from '@postern/core/internal/kinds';
import { servedZones } from '../cloud/zones.js';
import type { AwsQuota } from '../cloud/quotas/quotas.js';
import type { PriceName } from './prices.js';
import { BALANCER_QUOTAS } from '../cloud/quotas/load-balancers.js';

export const HTTP_OR_REST = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html';

/** Of an HTTP API. Only REST APIs stream answers: response-transfer-mode.html of the same guide. */
export const OF_HTTP_API: Readonly<Record<Feature, Support>> = {
  authorizers: 'yes',
  'usage-plans': 'no',
  caching: 'no',
  waf: 'no',
  'private-endpoint': 'no',
  websocket: 'no',
  streaming: 'no',
};

/** API keys: `apiKeyRequired` of a route is for WebSocket APIs only, by the reference of API Gateway V2. */
export const OF_WEBSOCKET_API: Readonly<Record<Feature, Support>> = {
  authorizers: 'yes',
  'usage-plans': 'yes',
  caching: 'no',
  waf: 'no',
  'private-endpoint': 'no',
  websocket: 'yes',
  streaming: 'no',
};

/** Requests: HTTP APIs and REST APIs answer HTTP/1.1 and HTTP/2, and no page offers gRPC. */
export const REQUESTS: Readonly<Record<Protocol, Support>> = { http: 'yes', https: 'yes', grpc: 'no', websocket: 'no' };

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

/**
 * An ALB that is a target of an NLB counts as 50 targets of each zone, while balancing across zones is off.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 */
export const ALB_COUNTS_AS = 50;

/** @see https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const ALB: BalancerKind<PriceName> = {
  name: 'ALB',
  quotas: BALANCER_QUOTAS.application,
  prices: { hour: 'alb', unit: 'alb-lcu', rules: { free: 10, perUnit: 1_000 } },
  countsAs: ALB_COUNTS_AS,
};

export const NLB: BalancerKind<PriceName> = {
  name: 'NLB',
  quotas: BALANCER_QUOTAS.network,
  prices: { hour: 'nlb', unit: 'nlb-lcu' },
};
