import type { Check } from '../../findings/check.js';
import { linkText, standsInSubnets } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { subnetsOf } from '../../world/subnets-of.js';

/** `link/one-network`. */
export const oneNetwork: Check = {
  id: 'link/one-network',
  title: 'All subnets of the link belong to one network',
  severity: 'error',
  about: 'A link leads into one network (VPC). Subnets of several are refused when it is made.',
  sources: ['https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html'],
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const { found, missing } = subnetsOf(view);
      const networks = [...new Set(found.map(({ networkId }) => networkId))];
      const evidence = found.map((subnet) => subnetEvidence(subnet, `of ${subnet.networkId}`));
      if (networks.length > 1) {
        yield fails(aboutLink(view), {
          message: `the subnets of link ${view.name} belong to ${networks.length} networks: ${networks.join(', ')}`,
          evidence,
          remedy: `Keep under links.${view.name}.subnets only those of the network that the targets are in.`,
        });
      } else if (networks[0] !== undefined && view.region.find('networks', networks[0]).is === 'absent') {
        yield fails(aboutLink(view), {
          message: `the subnets of link ${view.name} are of ${networks[0]}, which the list of all networks does not hold`,
          evidence,
          remedy: 'Take the snapshot again: this one contradicts itself.',
        });
      } else if (missing !== undefined) {
        yield unsure(aboutLink(view), `all subnets of link ${view.name} belong to one network`, missing, { evidence });
      } else if (networks[0] !== undefined) {
        yield holds(input, aboutLink(view), () => ({
          message: `all subnets of ${linkText(view)} belong to ${networks.join()}`,
          evidence,
        }));
      }
    }
  },
};
