import { linkText, standsInSubnets } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/about.js';
import { subnetEvidence } from '../../../do/findings/evidence.js';
import { subnetsOf } from '../../../do/world/subnets-of.js';
import { defineCheck } from '../define-check.js';

/** `link/one-network`. */
export const oneNetwork = defineCheck({
  id: 'link/one-network',
  severity: 'error',
  title: 'All subnets of the link belong to one network',
  about: 'A link is in one network (VPC). The cloud refuses to create a link with subnets of several networks.',
  codes: ['SEVERAL_NETWORKS', 'NETWORK_NOT_LISTED', 'SUBNETS_NOT_READ', 'ONE_NETWORK'],
  *run(input, say) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const { found, missing } = subnetsOf(view);
      const networks = [...new Set(found.map(({ networkId }) => networkId))];
      const evidence = found.map((subnet) => subnetEvidence(subnet, `of ${subnet.networkId}`));
      if (networks.length > 1) {
        yield say.fail(
          aboutLink(view),
          'SEVERAL_NETWORKS',
          { link: view.name, networksCount: networks.length, networks },
          (p) => ({
            message: `the subnets of link ${p.link} belong to ${p.networksCount} networks: ${p.networks.join(', ')}`,
            remedy: `Keep under links.${p.link}.subnets only those of the network that the targets are in.`,
            evidence,
          }),
        );
      } else if (networks[0] !== undefined && view.region.find('networks', networks[0]).is === 'absent') {
        yield say.fail(aboutLink(view), 'NETWORK_NOT_LISTED', { link: view.name, network: networks[0] }, (p) => ({
          message: `the subnets of link ${p.link} belong to ${p.network}, which the list of all networks does not contain`,
          remedy: 'Take the snapshot again: this one is inconsistent.',
          evidence,
        }));
      } else if (missing !== undefined) {
        yield say.unknown(aboutLink(view), 'SUBNETS_NOT_READ', { link: view.name }, missing, (p) => ({
          whether: `all subnets of link ${p.link} belong to one network`,
          evidence,
        }));
      } else if (networks[0] !== undefined) {
        yield say.pass(
          aboutLink(view),
          'ONE_NETWORK',
          () => ({ linkText: linkText(view), network: networks.join() }),
          (p) => ({ message: `all subnets of ${p.linkText} belong to ${p.network}`, evidence }),
        );
      }
    }
  },
});
