import type { LinkKindRules } from '@postern/core/kinds';
import { balancerLinkRefusals, balancerTargetRefusals } from './request.js';

/** VPC links V1 of AWS: each leads to one Network Load Balancer, by PrivateLink. */
export const VPC_LINK_V1: LinkKindRules = {
  kind: 'vpc-link-v1',
  provider: 'aws',
  requestRefusals: balancerLinkRefusals,
  targetRefusals: balancerTargetRefusals,
};
