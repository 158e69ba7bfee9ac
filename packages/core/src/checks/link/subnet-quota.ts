import type { Check } from '../../findings/check.js';
import { kindOf, linkText, mayBeNew } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { counted } from '../../text/counted.js';

/** What every account has, unless it was raised: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const SUBNETS_PER_LINK = 10;

/** `link/subnet-quota`. */
export const subnetQuota: Check = {
  id: 'link/subnet-quota',
  title: 'The link has no more subnets than it may have',
  severity: 'error',
  about: 'A VPC link V2 takes ten subnets, unless the quota (L-668C9B28) was raised. One in each zone is enough.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html'],
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
        yield holds(input, about, () => ({ message: `${linkText(view)} has ${counted(count, 'subnet')}`, evidence }));
      } else if (view.unseen !== undefined) {
        yield unsure(about, `link ${view.name}, which would have ${count} subnets, is there`, view.unseen, {
          evidence,
        });
      } else if (raised === undefined) {
        const fact = view.region.missing('quotas', 'subnets-per-vpc-link');
        yield unsure(
          about,
          `a link may have ${count} subnets, ten unless the quota was raised`,
          fact?.failed === true
            ? fact
            : {
                what: 'the quota of subnets per VPC link',
                remedy: `Name at most ten subnets under links.${view.name}.subnets, or look L-668C9B28 up in the console of Service Quotas.`,
              },
          { evidence },
        );
      } else {
        yield fails(about, {
          message: `link ${view.name} has ${counted(count, 'subnet')} and may have ${raised}`,
          evidence,
          remedy: `Name fewer under links.${view.name}.subnets, one in each zone is enough, or ask for a higher quota (L-668C9B28).`,
        });
      }
    }
  },
};
