import type { Check } from '../../findings/check.js';
import { linkCheck } from './link.js';
import { outsideCheck } from './outside.js';
import { securityGroupCheck } from './security-group.js';
import { networkAclCheck } from './network-acl.js';
import { routeCheck } from './route.js';
import { peeringCheck } from './peering.js';
import { transitCheck } from './transit.js';
import { onPremisesCheck } from './on-premises.js';
import { loadBalancerCheck } from './load-balancer.js';
import { returnCheck } from './return.js';

/** The checks of the family `path/*`, in the order of a packet's path. */
export const pathChecks: readonly Check[] = [
  linkCheck,
  outsideCheck,
  securityGroupCheck,
  networkAclCheck,
  routeCheck,
  peeringCheck,
  transitCheck,
  onPremisesCheck,
  loadBalancerCheck,
  returnCheck,
];
