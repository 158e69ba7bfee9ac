import { linksV2In } from './product-regions.js';
import type { OptionTraits } from './option.js';
import { IN_ONE_REST_API, REST_OPTION } from './rest-option.js';

/** A REST API, and one VPC link V2 to an ALB for each team. */
export const REST_V2: OptionTraits = {
  ...REST_OPTION,
  id: 'rest-v2',
  title: 'REST API, VPC link V2, ALB',
  names: { gateway: 'REST API', link: 'VPC link V2' },
  link: 'vpc-link-v2',
  balancing: 'alb-per-team',
  hops: ['ALB'],
  links: 'vpc-links',
  linkServes: 'vpc',
  ceilings: [
    IN_ONE_REST_API,
    {
      when: 'with a VPC for each service',
      formula: 'vpc-links',
      services: (limit) => limit('vpc-links'),
    },
    {
      when: 'with a load balancer for each service',
      formula: 'application-load-balancers + network-load-balancers',
      services: (limit) => limit('application-load-balancers') + limit('network-load-balancers'),
    },
    {
      when: 'with shared ALBs',
      formula: 'application-load-balancers * rules-per-application-load-balancer',
      services: (limit) => limit('application-load-balancers') * limit('rules-per-application-load-balancer'),
    },
  ],
  servedIn: linksV2In,
};
