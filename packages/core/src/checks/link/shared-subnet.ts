import type { Check } from '../../findings/check.js';
import { isNew, kindOf, linkText, unreadOf } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { subnetsOf } from '../../world/subnets-of.js';

/** `link/shared-subnet`. */
export const sharedSubnet: Check = {
  id: 'link/shared-subnet',
  title: 'A link in a shared subnet has a security group',
  severity: 'error',
  about:
    'In a subnet that another account shares (through AWS RAM) API Gateway makes no VPC link without a security group: "For a shared ' +
    'subnet, at least one security-group-id should be provided". Elsewhere it takes the default group of the VPC.',
  sources: ['https://github.com/aws/aws-cdk/issues/34137'],
  *run(input) {
    for (const view of input.links) {
      if (kindOf(view) !== 'vpc-link-v2') continue;
      const about = aboutLink(view);
      const { found, missing } = subnetsOf(view);
      const { account } = view.region.region;
      const unread = unreadOf(view, 'securityGroups');
      if (unread === undefined && view.securityGroupIds.length > 0) {
        yield holds(input, about, () => ({
          message: `${linkText(view)} has security groups: ${view.securityGroupIds.join(', ')}`,
          evidence: found.map((subnet) => subnetEvidence(subnet)),
        }));
        continue;
      }
      if (unread !== undefined) yield unsure(about, `link ${view.name} has a security group`, unread);
      // What could not be answered may be the very group that is asked for.
      if (view.unresolved !== undefined && view.spec.securityGroups !== undefined) continue;
      const shared = found.filter((subnet) => subnet.account !== undefined && subnet.account !== account);
      const evidence = found.map((subnet) =>
        subnetEvidence(subnet, `owned by ${subnet.account ?? 'nobody knows whom'}`),
      );
      const unowned = found.find((subnet) => subnet.account === undefined);
      if (shared.length > 0) {
        const names = shared.map((subnet) => `${subnet.id} (of account ${subnet.account})`);
        yield fails(about, {
          message: `${linkText(view)} has no security group and stands in shared subnets: ${names.join(', ')}`,
          evidence,
          remedy: `Give links.${view.name}.securityGroups at least one group, then run \`postern apply\`.`,
          severity: isNew(view) ? 'error' : 'warning',
        });
      } else if (missing !== undefined || unowned !== undefined) {
        const fact = missing ?? { what: `the owner of ${unowned?.id}`, remedy: `Look up who owns ${unowned?.id}.` };
        yield unsure(about, `link ${view.name} stands in a shared subnet`, fact, { evidence });
      } else if (found.length > 0) {
        yield holds(input, about, () => ({ message: `no subnet of ${linkText(view)} is shared`, evidence }));
      }
    }
  },
};
