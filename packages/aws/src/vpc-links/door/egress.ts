// Where calls over links come from, for observations.
export { listBalancerInterfaces, seenThroughBalancer, toBalancerEgress } from '../balancer-allowlist.js';
export { toEgress } from '../egress.js';
export { sourceAddressesIn, sourceAddressesOf } from '../source-addresses.js';
