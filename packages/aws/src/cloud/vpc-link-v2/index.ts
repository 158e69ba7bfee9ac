import type { LinkKindRules } from '@postern/core/kinds';
import { vpcLinkRefusals } from './request.js';
import { listenerRefusals } from './targets.js';

/** VPC links V2 of AWS. */
export const VPC_LINK_V2: LinkKindRules = {
  kind: 'vpc-link-v2',
  provider: 'aws',
  requestRefusals: vpcLinkRefusals,
  targetRefusals: listenerRefusals,
};
