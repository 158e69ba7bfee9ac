import { stating, type Judgement } from '../../findings/statement.js';
import type { sharedSubnetWords } from './words/shared-subnet.words.js';
import { isNew, kindTraitsOf, linkText, unreadOf } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { subnetsOf } from '../../world/subnets-of.js';

const { fails, holds, unsure } = stating<(typeof sharedSubnetWords)['says']>();

/** `link/shared-subnet`. */
export const sharedSubnet: Judgement = {
  id: 'link/shared-subnet',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      if (kindTraitsOf(view).sharedSubnetsNeedGroup !== true) continue;
      const about = aboutLink(view);
      const { found, missing } = subnetsOf(view);
      const { account } = view.region.region;
      const unread = unreadOf(view, 'securityGroups');
      if (unread === undefined && view.securityGroupIds.length > 0) {
        yield holds(input, about, 'HAS_GROUPS', () => ({
          params: { linkText: linkText(view), securityGroupIds: view.securityGroupIds },
          evidence: found.map((subnet) => subnetEvidence(subnet)),
        }));
        continue;
      }
      if (unread !== undefined) yield unsure(about, 'GROUPS_NOT_READ', { link: view.name }, unread);
      // What could not be read may be the group in question.
      if (view.unresolved !== undefined && view.spec.securityGroups !== undefined) continue;
      const shared = found.filter((subnet) => subnet.account !== undefined && subnet.account !== account);
      const evidence = found.map((subnet) =>
        subnetEvidence(subnet, `owned by ${subnet.account ?? 'an unknown account'}`),
      );
      const unowned = found.find((subnet) => subnet.account === undefined);
      if (shared.length > 0) {
        const names = shared.map((subnet) => `${subnet.id} (of account ${subnet.account})`);
        yield fails(about, 'SHARED_WITHOUT_GROUP', {
          params: { linkText: linkText(view), names, link: view.name },
          evidence,
          severity: isNew(view) ? 'error' : 'warning',
        });
      } else if (missing !== undefined || unowned !== undefined) {
        const fact = missing ?? { what: `the owner of ${unowned?.id}`, remedy: `Look up the owner of ${unowned?.id}.` };
        yield unsure(about, 'SUBNETS_NOT_READ', { link: view.name }, fact, { evidence });
      } else if (found.length > 0) {
        yield holds(input, about, 'NOT_SHARED', () => ({ params: { linkText: linkText(view) }, evidence }));
      }
    }
  },
};
