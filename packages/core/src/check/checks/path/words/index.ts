import type { PathCheckId } from '../../../path/model/step.js';
import { calledTargetSays } from './called-target.words.js';
import { linkRule, linkSays } from './link.words.js';
import { loadBalancerRule, loadBalancerSays } from './load-balancer.words.js';
import { networkAclRule, networkAclSays } from './network-acl.words.js';
import { onPremisesRule, onPremisesSays } from './on-premises.words.js';
import { outsideRule, outsideSays } from './outside.words.js';
import type { PathRule, PathSays } from './path-says.js';
import { peeringRule, peeringSays } from './peering.words.js';
import { returnRule, returnSays } from './return.words.js';
import { routeRule, routeSays } from './route.words.js';
import { securityGroupRule, securityGroupSays } from './security-group.words.js';
import { targetHealthSays } from './target-health.words.js';
import { transitRule, transitSays } from './transit.words.js';
import { unreadSays } from './unread.words.js';

/** The texts of the checks of the family `path/*` for their documentation, by check. */
export const pathRules: Readonly<Record<PathCheckId, PathRule>> = {
  'path/link': linkRule,
  'path/outside': outsideRule,
  'path/security-group': securityGroupRule,
  'path/network-acl': networkAclRule,
  'path/route': routeRule,
  'path/peering': peeringRule,
  'path/transit': transitRule,
  'path/on-premises': onPremisesRule,
  'path/load-balancer': loadBalancerRule,
  'path/return': returnRule,
};

/** The sentences of hops, by the code of the reason. */
export const pathSays: PathSays = {
  ...linkSays,
  ...outsideSays,
  ...calledTargetSays,
  ...securityGroupSays,
  ...networkAclSays,
  ...routeSays,
  ...peeringSays,
  ...transitSays,
  ...onPremisesSays,
  ...loadBalancerSays,
  ...targetHealthSays,
  ...returnSays,
  ...unreadSays,
};
