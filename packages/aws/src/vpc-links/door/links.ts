// How links of both kinds are read, for what leads to them and for observations.
export { getBalancerLink, listBalancerLinks, toBalancerLink } from '../balancer-link.js';
export { listVpcLinks, networkOfLink, toLink } from '../vpc-link.js';
