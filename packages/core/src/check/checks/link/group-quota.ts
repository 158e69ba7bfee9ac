import { kindTraitsOf, linkText, mayBeNew, unreadOf, unseen } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/about.js';
import { limitFor } from '../quota.js';
import { defineCheck } from '../define-check.js';
import { counted } from '../../../ground/text/counted.js';

/** `link/group-quota`. */
export const groupQuota = defineCheck({
  id: 'link/group-quota',
  severity: 'error',
  title: 'The link has no more security groups than the quota of a network interface allows',
  about:
    'The number of security groups of a network interface is limited. The group that Postern creates for an ' +
    'allowlist counts as well.',
  codes: ['QUOTA_NOT_READ', 'QUOTA_EXCEEDED', 'WITHIN_QUOTA'],
  *run(input, say) {
    for (const view of input.links) {
      // The kind of a link that was not found is not known, unless the link would be created.
      const quota = kindTraitsOf(view).quotas?.groups;
      if (quota === undefined || (view.link === undefined && !mayBeNew(view))) continue;
      const { name, region, securityGroupIds, spec } = view;
      const about = aboutLink(view);
      const own = spec.allowlist !== undefined && region.clouds.linkOf(spec).plans.allowlistNeedsCreation ? 1 : 0;
      // AWS accepted a link that exists.
      const isNew = mayBeNew(view);
      const count = securityGroupIds.length + (isNew ? own : 0);
      const { limit, missing } = limitFor(region, quota, isNew ? count : 0);
      const text = `${count} of ${limit} groups${isNew && own > 0 ? ', one of them for the allowlist' : ''}`;
      const evidence = [{ kind: 'quota', id: quota.code ?? quota.name, text }];
      const unread = unseen(view) ?? missing ?? unreadOf(view, 'securityGroups');
      if (unread !== undefined) {
        if (isNew)
          yield say.unknown(about, 'QUOTA_NOT_READ', { link: name }, unread, (p) => ({
            whether: `link ${p.link} has more security groups than the quota allows`,
            evidence,
          }));
      } else if (isNew && count > limit) {
        yield say.fail(
          about,
          'QUOTA_EXCEEDED',
          {
            linkText: linkText(view),
            count: securityGroupIds.length + (isNew ? own : 0),
            limit,
            isNew,
            own,
            link: name,
            code: quota.code ?? quota.name,
          },
          (p) => ({
            message: `${p.linkText} would have ${p.count} security groups${p.isNew && p.own > 0 ? ', one of them for the allowlist' : ''}; the quota is ${p.limit}, and CreateVpcLink would refuse the request`,
            remedy:
              `Write fewer groups under links.${p.link}.securityGroups: one group can hold the rules of several` +
              `${p.own > 0 ? '; the allowlist needs a group of its own' : ''}. Or request a higher quota (${p.code}).`,
            evidence,
          }),
        );
      } else {
        yield say.pass(
          about,
          'WITHIN_QUOTA',
          () => ({ linkText: linkText(view), count: securityGroupIds.length + (isNew ? own : 0) }),
          (p) => ({ message: `${p.linkText} has ${counted(p.count, 'security group')}`, evidence }),
        );
      }
    }
  },
});
