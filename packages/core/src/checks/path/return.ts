import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** Answers reach the link. */
export const returnCheck: Check = {
  id: 'path/return',
  title: 'Answers reach the link',
  severity: 'error',
  about:
    "Network ACLs are stateless. Answers go to any port from 1024 to 65535, and need an allow entry outbound from the target's subnet and inbound to the link's. If up to 1 % of these ports are denied, the finding is a warning with the percentage: calls from these ports fail, others succeed. The target's subnet needs a route back to the link. The return path from an on-premises network cannot be read; declare it with `assume: { returnPaths: [10.8.0.0/16] }` in the spec.",
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
  ],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/return'),
};
