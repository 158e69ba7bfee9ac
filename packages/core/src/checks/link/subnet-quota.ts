import { stating, type Judgement } from '../../findings/statement.js';
import type { subnetQuotaWords } from './words/subnet-quota.words.js';
import { kindTraitsOf, linkText, mayBeNew } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';

const { fails, holds, unsure } = stating<(typeof subnetQuotaWords)['says']>();

/** `link/subnet-quota`. */
export const subnetQuota: Judgement = {
  id: 'link/subnet-quota',
  severity: 'error',
  *run(input) {
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
        yield holds(input, about, 'WITHIN_QUOTA', () => ({ params: { linkText: linkText(view), count }, evidence }));
      } else if (view.unseen !== undefined) {
        yield unsure(about, 'LINK_NOT_READ', { link: view.name, count }, view.unseen, {
          evidence,
        });
      } else if (raised === undefined) {
        const fact = view.region.missing('quotas', quota.name);
        yield unsure(
          about,
          'QUOTA_NOT_READ',
          { count },
          fact?.failed === true
            ? fact
            : {
                what: 'the quota of subnets per VPC link',
                remedy: `Write at most ${quota.byDefault} subnets under links.${view.name}.subnets, or look ${quota.code} up in the console of Service Quotas.`,
              },
          { evidence },
        );
      } else {
        yield fails(about, 'QUOTA_EXCEEDED', { params: { link: view.name, count, raised }, evidence });
      }
    }
  },
};
