import { fail, pass, unknown } from '../../../do/findings/say.js';
import { linkText, standsInSubnets } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/subject.js';
import { subnetEvidence } from '../../../do/findings/evidence.js';
import { subnetsOf } from '../../../do/world/subnets-of.js';
import { defineCheck } from '../define-check.js';

export const oneNetwork = defineCheck({
  id: 'link/one-network',
  severity: 'error',
  title: 'All subnets of the link belong to one network',
  about: 'A link is in one network (VPC). The cloud refuses to create a link with subnets of several networks.',
  codes: {
    SEVERAL_NETWORKS: fail(
      'the subnets of link {link} belong to {networksCount} networks: {networks}',
      'Keep under links.{link}.subnets only those of the network that the targets are in.',
    ),
    NETWORK_NOT_LISTED: fail(
      'the subnets of link {link} belong to {network}, which the list of all networks does not contain',
      'Take the snapshot again: this one is inconsistent.',
    ),
    SUBNETS_NOT_READ: unknown('all subnets of link {link} belong to one network'),
    ONE_NETWORK: pass('all subnets of {linkText} belong to {network}'),
  },
  *run(input, say) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;

      const { found, missing } = subnetsOf(view);
      const networks = [...new Set(found.map(({ networkId }) => networkId))];
      const evidence = found.map((subnet) => subnetEvidence(subnet, `of ${subnet.networkId}`));
      if (networks.length > 1) {
        yield say.SEVERAL_NETWORKS(
          aboutLink(view),
          { link: view.name, networksCount: networks.length, networks },
          evidence,
        );
      } else if (networks[0] !== undefined && view.region.find('networks', networks[0]).is === 'absent') {
        yield say.NETWORK_NOT_LISTED(aboutLink(view), { link: view.name, network: networks[0] }, evidence);
      } else if (missing !== undefined) {
        yield say.SUBNETS_NOT_READ(aboutLink(view), { link: view.name }, missing, evidence);
      } else if (networks[0] !== undefined) {
        yield say.ONE_NETWORK(aboutLink(view), { linkText: linkText(view), network: networks.join() }, evidence);
      }
    }
  },
});
