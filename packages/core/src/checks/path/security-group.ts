import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** Security groups let the calls out of the link and in to the target. */
export const securityGroupCheck: Check = {
  id: 'path/security-group',
  title: 'Security groups let the calls out of the link and in to the target',
  severity: 'error',
  about:
    'Rules of all groups of an interface count together. On AWS they only allow; on Alibaba Cloud the lowest priority number goes first, a drop goes before an allow, and members of a basic group reach each other before all rules. A rule may name a block, a prefix list or a group; one that names a group holds only where the way between the two ends does not hide it.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    'https://www.alibabacloud.com/help/en/ecs/user-guide/overview-44',
  ],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/security-group'),
};
