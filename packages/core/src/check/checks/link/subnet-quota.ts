import { fail, pass, unknown } from '../../../do/findings/say.js';
import { linkText, mayBeNew } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/subject.js';
import { defineCheck } from '../define-check.js';
import { counted } from '../../../ground/text/quantities.js';

export const subnetQuota = defineCheck({
  id: 'link/subnet-quota',
  severity: 'error',
  title: 'The link has no more subnets than the quota allows',
  about: 'The number of subnets of a link is limited. One subnet in each zone is enough.',
  codes: {
    WITHIN_QUOTA: pass('{linkText} has {count}'),
    LINK_NOT_READ: unknown('link {link}, which would have {count} subnets, exists'),
    QUOTA_NOT_READ: unknown('the quota allows {count} subnets of a link (it is ten unless raised)'),
    QUOTA_EXCEEDED: fail(
      'link {link} has {count}, and the quota is {raised}',
      'Write fewer under links.{link}.subnets (one in each zone is enough), or request a higher quota (L-668C9B28).',
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      const quota = view.traits.quotas?.subnets;
      if (quota === undefined || view.subnetIds.length === 0) continue;

      const about = aboutLink(view);
      const count = view.subnetIds.length;
      const raised = view.region.region.quotas?.[quota.name];
      const evidence = [
        {
          kind: 'quota',
          id: quota.code ?? quota.name,
          text: `${count} of ${raised ?? quota.byDefault} subnets of a link`,
        },
      ];
      // AWS accepted a link that exists.
      if (!mayBeNew(view) || count <= (raised ?? quota.byDefault)) {
        yield say.WITHIN_QUOTA(
          about,
          { linkText: linkText(view), count },
          { evidence, words: { count: counted(count, 'subnet') } },
        );
      } else if (view.unseen !== undefined) {
        yield say.LINK_NOT_READ(about, { link: view.name, count }, view.unseen, evidence);
      } else if (raised === undefined) {
        const fact = view.region.missing('quotas', quota.name);
        yield say.QUOTA_NOT_READ(
          about,
          { count },
          fact?.failed === true
            ? fact
            : {
                what: 'the quota of subnets per VPC link',
                remedy: `Write at most ${quota.byDefault} subnets under links.${view.name}.subnets, or look ${quota.code} up in the console of Service Quotas.`,
              },
          evidence,
        );
      } else {
        yield say.QUOTA_EXCEEDED(
          about,
          { link: view.name, count, raised },
          { evidence, words: { count: counted(count, 'subnet') } },
        );
      }
    }
  },
});
