import type { LinkKindRules } from '@postern/core/internal/kinds';
import { listenerRefusals } from '../../cloud/targets/targets.js';
import { balancerLinkRefusals, balancerTargetRefusals } from './v1-request.js';
import { vpcLinkRefusals } from './v2-request.js';

export const VPC_LINK_V2: LinkKindRules = {
  kind: 'vpc-link-v2',
  provider: 'aws',
  requestRefusals: vpcLinkRefusals,
  targetRefusals: listenerRefusals,
};

/** VPC links V1 of AWS: each leads to one Network Load Balancer, by PrivateLink. */
export const VPC_LINK_V1: LinkKindRules = {
  kind: 'vpc-link-v1',
  provider: 'aws',
  requestRefusals: balancerLinkRefusals,
  targetRefusals: balancerTargetRefusals,
};
