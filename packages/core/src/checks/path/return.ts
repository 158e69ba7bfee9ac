import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** Answers find their way back to the link. */
export const returnCheck: Check = {
  id: 'path/return',
  title: 'Answers find their way back to the link',
  severity: 'error',
  about:
    "Network ACLs know no sessions: answers go to any port from 1024 to 65535, and have to be let out of the target's subnet and in to the link's. Up to 1 % of these ports denied is a warning with the figure: calls from these ports fail, others get through. Routes of the target's subnet have to lead back. Behind a line out of the cloud only its owner knows; `assume: { returnPaths: [10.8.0.0/16] }` in the spec says it.",
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
  ],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/return'),
};
