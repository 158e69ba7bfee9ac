import type { Check } from '../check.js';
import { linkCheck } from './checks/link.js';
import { outsideCheck } from './checks/outside.js';
import { securityGroupCheck } from './checks/security-group.js';
import { networkAclCheck } from './checks/network-acl.js';
import { routeCheck } from './checks/route.js';
import { peeringCheck } from './checks/peering.js';
import { transitCheck } from './checks/transit.js';
import { onPremisesCheck } from './checks/on-premises.js';
import { loadBalancerCheck } from './checks/load-balancer.js';
import { returnCheck } from './checks/return.js';

/** The checks of the family `path/*`, in the order of a packet's way. */
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
