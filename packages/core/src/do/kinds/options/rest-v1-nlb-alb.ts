import type { OptionTraits } from './option.js';
import { IN_ONE_REST_API, REST_OPTION } from './rest-option.js';

/**
 * An ALB that is a target of an NLB counts as 50 targets of each zone, while balancing across zones is off.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 */
export const TARGETS_OF_AN_ALB = 50;

/** A REST API, and a VPC link V1 to an NLB in front of an ALB for each team. */
export const REST_V1_NLB_ALB: OptionTraits = {
  ...REST_OPTION,
  id: 'rest-v1-nlb-alb',
  title: 'REST API, VPC link V1, NLB in front of ALBs',
  names: { gateway: 'REST API', link: 'VPC link V1' },
  link: 'vpc-link-v1',
  balancing: 'alb-behind-nlb',
  hops: ['NLB', 'ALB'],
  links: 'vpc-links-v1',
  linkServes: 'balancer',
  ceilings: [
    {
      when: 'with an ALB for each service',
      formula: `min(application-load-balancers, vpc-links-v1 * targets-per-zone-per-network-load-balancer / ${TARGETS_OF_AN_ALB})`,
      services: (limit) =>
        Math.min(
          limit('application-load-balancers'),
          limit('vpc-links-v1') * Math.floor(limit('targets-per-zone-per-network-load-balancer') / TARGETS_OF_AN_ALB),
        ),
    },
    {
      when: 'with shared ALBs',
      formula: 'application-load-balancers * rules-per-application-load-balancer',
      services: (limit) => limit('application-load-balancers') * limit('rules-per-application-load-balancer'),
    },
    IN_ONE_REST_API,
  ],
  servedIn: () => 'yes',
};
