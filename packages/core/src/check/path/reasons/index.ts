import {
  calledTargetReasons,
  endpointReasons,
  pathEndpoint,
  unreadReasons,
  loadBalancerReasons,
  pathLoadBalancer,
} from './load-balancer.js';
import { evidenceReasons } from './evidence.js';
import { flowLogReasons, linkReasons, pathFlowLog, pathLink } from './link.js';
import {
  onPremisesReasons,
  pathOnPremises,
  outsideReasons,
  pathOutside,
  pathRoute,
  routeReasons,
  pathPeering,
  peeringReasons,
  pathTransit,
  transitReasons,
  pathReturn,
  returnReasons,
} from './route.js';
import { networkAclReasons, pathNetworkAcl, pathSecurityGroup, securityGroupReasons } from './security-group.js';
import { targetHealthReasons } from './target-health.js';

/** The checks of this family, in the order of a packet's path. */
export const PATH_RULES = [
  pathLink,
  pathOutside,
  pathSecurityGroup,
  pathNetworkAcl,
  pathRoute,
  pathPeering,
  pathTransit,
  pathOnPremises,
  pathLoadBalancer,
  pathEndpoint,
  pathReturn,
  pathFlowLog,
] as const;

/** The ID of a check of this family. */
export type PathCheckId = (typeof PATH_RULES)[number]['id'];

/** The reasons of all hops, by their codes. */
export const REASONS = {
  ...unreadReasons,
  ...linkReasons,
  ...calledTargetReasons,
  ...outsideReasons,
  ...securityGroupReasons,
  ...networkAclReasons,
  ...routeReasons,
  ...peeringReasons,
  ...transitReasons,
  ...onPremisesReasons,
  ...returnReasons,
  ...loadBalancerReasons,
  ...endpointReasons,
  ...targetHealthReasons,
  ...flowLogReasons,
  ...evidenceReasons,
};

/** `PASSED` where a hop does not stop a packet; else its reason. The findings of `path/*` have these codes. */
export type PathCode = 'PASSED' | 'STOPPED' | keyof typeof REASONS;

export const PATH_CODES: readonly PathCode[] = [
  'PASSED',
  'STOPPED',
  ...(Object.keys(REASONS) as (keyof typeof REASONS)[]),
];
