import { BALANCER_QUOTAS } from '../cloud/quotas/load-balancers.js';
import type { BalancerKind } from '@postern/core/planner';
import type { PriceName } from './prices.js';

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
