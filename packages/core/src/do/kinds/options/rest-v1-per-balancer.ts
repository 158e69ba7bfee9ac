import type { OptionTraits } from './option.js';
import { IN_ONE_REST_API, REST_OPTION } from './rest-option.js';

/** A REST API, and a VPC link V1 to an NLB for each service. */
export const REST_V1_PER_BALANCER: OptionTraits = {
  ...REST_OPTION,
  id: 'rest-v1-per-balancer',
  title: 'REST API, a VPC link V1 and an NLB for each service',
  names: { gateway: 'REST API', link: 'VPC link V1' },
  link: 'vpc-link-v1',
  balancing: 'nlb-per-service',
  hops: ['NLB'],
  links: 'vpc-links-v1',
  linkServes: 'balancer',
  ceilings: [
    {
      when: 'with an NLB for each service',
      formula: 'min(vpc-links-v1, network-load-balancers)',
      services: (limit) => Math.min(limit('vpc-links-v1'), limit('network-load-balancers')),
    },
    IN_ONE_REST_API,
  ],
  servedIn: () => 'yes',
};
