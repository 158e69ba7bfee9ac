import { linkTraits } from '../../../do/kinds/cloud/link-kinds.js';
import { fail, pass, unknown } from '../../../do/findings/say.js';
import { linkText, mayBeNew, unreadOf, unseen } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/subject.js';
import { limitFor } from '../quota.js';
import { defineCheck } from '../define-check.js';

export const groupQuota = defineCheck({
  id: 'link/group-quota',
  severity: 'error',
  title: 'The link has no more security groups than the quota of a network interface allows',
  about:
    'The number of security groups of a network interface is limited. The group that Postern creates for an allowlist counts as well.',
  codes: {
    QUOTA_NOT_READ: unknown('link {link} has more security groups than the quota allows'),
    QUOTA_EXCEEDED: fail(
      '{linkText} would have {count} security groups{own?, one of them for the allowlist:}; the quota is {limit}, and CreateVpcLink would refuse the request',
      'Write fewer groups under links.{link}.securityGroups: one group can hold the rules of several{own?; the allowlist needs a group of its own:}. Or request a higher quota ({code}).',
    ),
    WITHIN_QUOTA: pass('{linkText} has {count} {count?security group:security groups}'),
  },
  *run(input, say) {
    for (const view of input.links) {
      // The kind of a link that was not found is not known, unless the link would be created.
      const quota = view.traits.quotas?.groups;
      if (quota === undefined || (view.link === undefined && !mayBeNew(view))) continue;

      const { name, region, securityGroupIds, spec } = view;
      const about = aboutLink(view);
      const own = spec.allowlist !== undefined && linkTraits(region.clouds, spec).plans.allowlistNeedsCreation ? 1 : 0;
      // AWS accepted a link that exists.
      const isNew = mayBeNew(view);
      const count = securityGroupIds.length + (isNew ? own : 0);
      const { limit, missing } = limitFor(region, quota, isNew ? count : 0);
      const text = `${count} of ${limit} groups${isNew && own > 0 ? ', one of them for the allowlist' : ''}`;
      const evidence = [{ kind: 'quota', id: quota.code ?? quota.name, text }];
      const unread = unseen(view) ?? missing ?? unreadOf(view, 'securityGroups');
      if (unread !== undefined) {
        if (isNew) yield say.QUOTA_NOT_READ(about, { link: name }, unread, evidence);
      } else if (isNew && count > limit) {
        yield say.QUOTA_EXCEEDED(
          about,
          { linkText: linkText(view), count, limit, isNew, own, link: name, code: quota.code ?? quota.name },
          evidence,
        );
      } else {
        yield say.WITHIN_QUOTA(about, { linkText: linkText(view), count }, evidence);
      }
    }
  },
});
