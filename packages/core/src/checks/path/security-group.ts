import type { Check } from '../../findings/check.js';
import { PATH_CODES } from '../../network/path-codes.js';
import { outcomesOf } from '../../network/ways/outcomes.js';

/** Security groups allow the calls outbound from the link and inbound to the target. */
export const securityGroupCheck: Check = {
  id: 'path/security-group',
  title: 'Security groups allow the calls outbound from the link and inbound to the target',
  severity: 'error',
  about:
    'The rules of all security groups of an interface apply together. On AWS, rules only allow. On Alibaba Cloud, the lowest priority number is evaluated first, a drop precedes an allow, and members of a basic group reach each other before all rules. The source or destination of a rule is a CIDR block, a prefix list or a security group. A rule that names a security group applies only if the path between the two ends preserves the group.',
  sources: [
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html',
    'https://www.alibabacloud.com/help/en/ecs/user-guide/overview-44',
  ],
  codes: PATH_CODES,
  run: (input) => outcomesOf(input, 'path/security-group'),
};
