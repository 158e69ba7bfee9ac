import { fail, pass, unknown } from '../../../do/findings/say.js';
import { linkText, mayBeNew } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/subject.js';
import { defineCheck } from '../define-check.js';
import { limitFor } from '../quota.js';
import { counted } from '../../../ground/text/quantities.js';

export const subnetQuota = defineCheck({
  id: 'link/subnet-quota',
  severity: 'error',
  title: 'The link has no more subnets than the quota allows',
  about: 'The number of subnets of a link is limited. One subnet in each zone is enough.',
  codes: {
    WITHIN_QUOTA: pass('{linkText} has {count}'),
    LINK_NOT_READ: unknown('link {link}, which would have {count} subnets, exists'),
    QUOTA_NOT_READ: unknown('the quota allows {count} subnets of a link (it is {byDefault} unless raised)'),
    QUOTA_EXCEEDED: fail(
      'link {link} has {count}, and the quota is {raised}',
      'Write fewer under links.{link}.subnets (one in each zone is enough), or request a higher quota ({code}).',
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      const quota = view.traits.quotas?.subnets;
      if (quota === undefined || view.subnetIds.length === 0) continue;

      const about = aboutLink(view);
      const count = view.subnetIds.length;
      const { limit, missing } = limitFor(view.region, quota, count);
      const code = quota.code ?? quota.name;
      const evidence = [{ kind: 'quota', id: code, text: `${count} of ${limit} subnets of a link` }];
      const shown = { evidence, words: { count: counted(count, 'subnet') } };
      // The cloud accepted a link that exists.
      if (!mayBeNew(view) || count <= limit) yield say.WITHIN_QUOTA(about, { linkText: linkText(view), count }, shown);
      else if (view.unseen !== undefined)
        yield say.LINK_NOT_READ(about, { link: view.name, count }, view.unseen, evidence);
      else if (missing !== undefined)
        yield say.QUOTA_NOT_READ(about, { count, byDefault: quota.byDefault }, missing, evidence);
      else yield say.QUOTA_EXCEEDED(about, { link: view.name, count, raised: limit, code }, shown);
    }
  },
});
