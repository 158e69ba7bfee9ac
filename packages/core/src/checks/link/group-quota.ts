import { traitsOf } from '../../kinds/traits.js';
import type { Check } from '../../findings/check.js';
import { kindOf, linkText, mayBeNew, unreadOf, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { counted } from '../../text/counted.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { AWS_QUOTAS, limitFor } from '../quota.js';

/** `link/group-quota`. */
export const groupQuota: Check = {
  id: 'link/group-quota',
  title: 'The link has no more security groups than a network interface may have',
  severity: 'error',
  about:
    'A network interface takes five security groups, unless the quota (L-2AFB9258) was raised, and a VPC link V2 gives all of its own ' +
    'to each of its interfaces. The group that Postern makes for an allowlist is one of them. CreateVpcLink refuses more.',
  sources: ['https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups'],
  *run(input) {
    for (const view of input.links) {
      // Of a link that was not found nobody knows the kind, unless it is one that would be made.
      if (kindOf(view) !== 'vpc-link-v2' || (view.link === undefined && !mayBeNew(view))) continue;
      const { name, region, securityGroupIds, spec } = view;
      const about = aboutLink(view);
      const own = spec.allowlist !== undefined && traitsOf(region.region).allowlistNeedsCreation ? 1 : 0;
      // A link that is there was let through.
      const isNew = mayBeNew(view);
      const count = securityGroupIds.length + (isNew ? own : 0);
      const { limit, missing } = limitFor(region, AWS_QUOTAS.groups, isNew ? count : 0);
      const text = `${count} of ${limit} groups${isNew && own > 0 ? ', one of them for the allowlist' : ''}`;
      const evidence = [{ kind: 'quota', id: AWS_QUOTAS.groups.code, text }];
      const unread = unseen(view) ?? missing ?? unreadOf(view, 'securityGroups');
      const whether = `link ${name} has no more security groups than it may have`;
      if (unread !== undefined) {
        if (isNew) yield unsure(about, whether, unread, { evidence });
      } else if (isNew && count > limit) {
        yield fails(about, {
          message: `${linkText(view)} would have ${text}, and making it would be refused`,
          evidence,
          remedy:
            `Write fewer groups under links.${name}.securityGroups: rules of several can stand in one` +
            `${own > 0 ? '; the allowlist needs one of its own' : ''}. Or ask for a higher quota (${AWS_QUOTAS.groups.code}).`,
        });
      } else {
        yield holds(input, about, () => ({
          message: `${linkText(view)} has ${counted(count, 'security group')}`,
          evidence,
        }));
      }
    }
  },
};
