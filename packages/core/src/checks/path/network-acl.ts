import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** Network ACLs let the calls out of the link's subnets and in to the target's. */
export const networkAclCheck: Check = {
  id: 'path/network-acl',
  title: "Network ACLs let the calls out of the link's subnets and in to the target's",
  severity: 'error',
  about:
    'Network ACLs stand at the edges of subnets, not within them. The first entry that fits decides, what none fits is denied. On the way through a transit gateway the ACLs of its own subnets count, too.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
    'https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html',
    'https://www.alibabacloud.com/help/en/vpc/network-acl-overview',
  ],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/network-acl'),
};
