import { stating, type Judgement } from '../../findings/statement.js';
import type { groupQuotaWords } from './words/group-quota.words.js';
import { traitsOfSpec } from '../../kinds/traits.js';
import { kindTraitsOf, linkText, mayBeNew, unreadOf, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { limitFor } from '../quota.js';

const { fails, holds, unsure } = stating<(typeof groupQuotaWords)['says']>();

/** `link/group-quota`. */
export const groupQuota: Judgement = {
  id: 'link/group-quota',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      // The kind of a link that was not found is not known, unless the link would be created.
      const quota = kindTraitsOf(view).quotas?.groups;
      if (quota === undefined || (view.link === undefined && !mayBeNew(view))) continue;
      const { name, region, securityGroupIds, spec } = view;
      const about = aboutLink(view);
      const own = spec.allowlist !== undefined && traitsOfSpec(spec).allowlistNeedsCreation ? 1 : 0;
      // AWS accepted a link that exists.
      const isNew = mayBeNew(view);
      const count = securityGroupIds.length + (isNew ? own : 0);
      const { limit, missing } = limitFor(region, quota, isNew ? count : 0);
      const text = `${count} of ${limit} groups${isNew && own > 0 ? ', one of them for the allowlist' : ''}`;
      const evidence = [{ kind: 'quota', id: quota.code ?? quota.name, text }];
      const unread = unseen(view) ?? missing ?? unreadOf(view, 'securityGroups');
      if (unread !== undefined) {
        if (isNew) yield unsure(about, 'QUOTA_NOT_READ', { link: name }, unread, { evidence });
      } else if (isNew && count > limit) {
        yield fails(about, 'QUOTA_EXCEEDED', {
          params: {
            linkText: linkText(view),
            count: securityGroupIds.length + (isNew ? own : 0),
            limit,
            isNew,
            own,
            link: name,
            code: quota.code ?? quota.name,
          },
          evidence,
        });
      } else {
        yield holds(input, about, 'WITHIN_QUOTA', () => ({
          params: { linkText: linkText(view), count: securityGroupIds.length + (isNew ? own : 0) },
          evidence,
        }));
      }
    }
  },
};
