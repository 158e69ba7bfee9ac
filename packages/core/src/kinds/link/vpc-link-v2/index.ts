import type { LinkKindRules } from '../link-kind.js';
import { vpcLinkRefusals } from './request.js';
import { listenerRefusals } from './targets.js';

/** VPC links V2 of AWS. */
export const VPC_LINK_V2: LinkKindRules = {
  kind: 'vpc-link-v2',
  provider: 'aws',
  traits: {
    // Links have no hourly price: https://aws.amazon.com/api-gateway/pricing/
    linksCostMoney: false,
    // An integration names a listener or a Cloud Map service directly; no resource is created for it.
    targetsAreResources: false,
    // Entries are rules of a security group, and a link's groups are fixed when it is created.
    allowlistNeedsCreation: true,
    allowlistHasPorts: true,
  },
  requestRefusals: vpcLinkRefusals,
  targetRefusals: listenerRefusals,
};
