import type { OptionTraits } from './option.js';
import { IN_ONE_REST_API, REST_OPTION } from './rest-option.js';

/** A REST API, and a VPC link V1 to an NLB with a listener for each service. */
export const REST_V1_MANY_LISTENERS: OptionTraits = {
  ...REST_OPTION,
  id: 'rest-v1-many-listeners',
  title: 'REST API, VPC link V1, an NLB with a listener for each service',
  names: { gateway: 'REST API', link: 'VPC link V1' },
  link: 'vpc-link-v1',
  balancing: 'nlb-listeners',
  hops: ['NLB'],
  links: 'vpc-links-v1',
  linkServes: 'balancer',
  ceilings: [
    {
      when: 'behind one NLB',
      formula: 'listeners-per-network-load-balancer',
      services: (limit) => limit('listeners-per-network-load-balancer'),
    },
    {
      when: 'behind all NLBs',
      formula: 'vpc-links-v1 * listeners-per-network-load-balancer',
      services: (limit) => limit('vpc-links-v1') * limit('listeners-per-network-load-balancer'),
    },
    IN_ONE_REST_API,
  ],
  servedIn: () => 'yes',
};
