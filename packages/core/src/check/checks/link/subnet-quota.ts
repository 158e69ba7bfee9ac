import { kindTraitsOf, linkText, mayBeNew } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/about.js';
import { defineCheck } from '../define-check.js';
import { counted } from '../../../ground/text/counted.js';

/** `link/subnet-quota`. */
export const subnetQuota = defineCheck({
  id: 'link/subnet-quota',
  severity: 'error',
  title: 'The link has no more subnets than the quota allows',
  about: 'The number of subnets of a link is limited. One subnet in each zone is enough.',
  codes: ['WITHIN_QUOTA', 'LINK_NOT_READ', 'QUOTA_NOT_READ', 'QUOTA_EXCEEDED'],
  *run(input, say) {
    for (const view of input.links) {
      const quota = kindTraitsOf(view).quotas?.subnets;
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
        yield say.pass(
          about,
          'WITHIN_QUOTA',
          () => ({ linkText: linkText(view), count }),
          (p) => ({ message: `${p.linkText} has ${counted(p.count, 'subnet')}`, evidence }),
        );
      } else if (view.unseen !== undefined) {
        yield say.unknown(about, 'LINK_NOT_READ', { link: view.name, count }, view.unseen, (p) => ({
          whether: `link ${p.link}, which would have ${p.count} subnets, exists`,
          evidence,
        }));
      } else if (raised === undefined) {
        const fact = view.region.missing('quotas', quota.name);
        yield say.unknown(
          about,
          'QUOTA_NOT_READ',
          { count },
          fact?.failed === true
            ? fact
            : {
                what: 'the quota of subnets per VPC link',
                remedy: `Write at most ${quota.byDefault} subnets under links.${view.name}.subnets, or look ${quota.code} up in the console of Service Quotas.`,
              },
          (p) => ({ whether: `the quota allows ${p.count} subnets of a link (it is ten unless raised)`, evidence }),
        );
      } else {
        yield say.fail(about, 'QUOTA_EXCEEDED', { link: view.name, count, raised }, (p) => ({
          message: `link ${p.link} has ${counted(p.count, 'subnet')}, and the quota is ${p.raised}`,
          remedy: `Write fewer under links.${p.link}.subnets (one in each zone is enough), or request a higher quota (L-668C9B28).`,
          evidence,
        }));
      }
    }
  },
});
