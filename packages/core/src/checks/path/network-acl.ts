import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** Network ACLs allow the calls outbound from the link's subnets and inbound to the target's. */
export const networkAclCheck: Check = {
  id: 'path/network-acl',
  title: "Network ACLs allow the calls outbound from the link's subnets and inbound to the target's",
  severity: 'error',
  about:
    'Network ACLs filter traffic that enters or leaves a subnet, not traffic within it. The first matching entry decides. Traffic without a matching entry is denied. On a path through a transit gateway, the ACLs of its attachment subnets apply too.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html',
    'https://www.alibabacloud.com/help/en/vpc/network-acl-overview',
  ],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/network-acl'),
};
