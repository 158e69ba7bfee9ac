import { stating, type Judgement } from '../../findings/statement.js';
import type { subnetQuotaWords } from './subnet-quota.words.js';
import { kindOf, linkText, mayBeNew } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';

const { fails, holds, unsure } = stating<(typeof subnetQuotaWords)['says']>();

/** What every account has, unless it was raised: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const SUBNETS_PER_LINK = 10;

/** `link/subnet-quota`. */
export const subnetQuota: Judgement = {
  id: 'link/subnet-quota',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      if (kindOf(view) !== 'vpc-link-v2' || view.subnetIds.length === 0) continue;
      const about = aboutLink(view);
      const count = view.subnetIds.length;
      const raised = view.region.region.quotas?.['subnets-per-vpc-link'];
      const evidence = [
        { kind: 'quota', id: 'L-668C9B28', text: `${count} of ${raised ?? SUBNETS_PER_LINK} subnets of a link` },
      ];
      // A link that is there was let through.
      if (!mayBeNew(view) || count <= (raised ?? SUBNETS_PER_LINK)) {
        yield holds(input, about, 'WITHIN_QUOTA', () => ({ params: { linkText: linkText(view), count }, evidence }));
      } else if (view.unseen !== undefined) {
        yield unsure(about, 'LINK_NOT_READ', { link: view.name, count }, view.unseen, {
          evidence,
        });
      } else if (raised === undefined) {
        const fact = view.region.missing('quotas', 'subnets-per-vpc-link');
        yield unsure(
          about,
          'QUOTA_NOT_READ',
          { count },
          fact?.failed === true
            ? fact
            : {
                what: 'the quota of subnets per VPC link',
                remedy: `Name at most ten subnets under links.${view.name}.subnets, or look L-668C9B28 up in the console of Service Quotas.`,
              },
          { evidence },
        );
      } else {
        yield fails(about, 'QUOTA_EXCEEDED', { params: { link: view.name, count, raised }, evidence });
      }
    }
  },
};
