import { linkEncryption } from '../cloud/checks/encryption.js';
import { linkLoadBalancer } from '../cloud/checks/load-balancer.js';
import { targetPrivateLink } from '../cloud/checks/private-link.js';
import { targetAccount, targetRegion } from '../cloud/checks/region.js';
import { sharedSubnet } from '../cloud/checks/shared-subnet.js';
import { linkInactive, linkTags } from '../cloud/checks/tags.js';

/** What is judged of VPC links and of what they lead to. */
export const vpcLinks = {
  /** By their ranks. */
  checks: {
    30: linkLoadBalancer,
    60: linkInactive,
    120: sharedSubnet,
    130: linkEncryption,
    200: linkTags,
    440: targetAccount,
    450: targetRegion,
    570: targetPrivateLink,
  },
};
