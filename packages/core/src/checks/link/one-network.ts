import { stating, type Judgement } from '../../findings/statement.js';
import type { oneNetworkWords } from './words/one-network.words.js';
import { linkText, standsInSubnets } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { subnetsOf } from '../../world/subnets-of.js';

const { fails, holds, unsure } = stating<(typeof oneNetworkWords)['says']>();

/** `link/one-network`. */
export const oneNetwork: Judgement = {
  id: 'link/one-network',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const { found, missing } = subnetsOf(view);
      const networks = [...new Set(found.map(({ networkId }) => networkId))];
      const evidence = found.map((subnet) => subnetEvidence(subnet, `of ${subnet.networkId}`));
      if (networks.length > 1) {
        yield fails(aboutLink(view), 'SEVERAL_NETWORKS', {
          params: { link: view.name, networksCount: networks.length, networks },
          evidence,
        });
      } else if (networks[0] !== undefined && view.region.find('networks', networks[0]).is === 'absent') {
        yield fails(aboutLink(view), 'NETWORK_NOT_LISTED', {
          params: { link: view.name, network: networks[0] },
          evidence,
        });
      } else if (missing !== undefined) {
        yield unsure(aboutLink(view), 'SUBNETS_NOT_READ', { link: view.name }, missing, { evidence });
      } else if (networks[0] !== undefined) {
        yield holds(input, aboutLink(view), 'ONE_NETWORK', () => ({
          params: { linkText: linkText(view), network: networks.join() },
          evidence,
        }));
      }
    }
  },
};
