import { stating, type Judgement } from '../../findings/statement.js';
import type { instanceBlockNetworkWords } from './words/instance-block-network.words.js';
import { subnetsOfNetwork } from '../../world/subnets-of.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { freeInNetwork } from './free-block.js';
import { blockLinks, isKnown, meet, otherBlock, ownEvidence } from './own-block.js';

const { fails, holds, unsure } = stating<(typeof instanceBlockNetworkWords)['says']>();

/** `cidr/instance-block-network`. */
export const instanceBlockNetwork: Judgement = {
  id: 'cidr/instance-block-network',
  severity: 'warning',
  *run(input) {
    for (const { view, own } of blockLinks(input.links)) {
      const { region, networkId } = view;
      const about = aboutLink(view);
      if (!isKnown(own)) {
        yield unsure(about, 'NETWORK_NOT_READ', { network: networkId, link: view.name }, own);
        continue;
      }
      if (networkId === undefined) continue;
      const network = region.find('networks', networkId);
      if (network.is === 'unknown')
        yield unsure(about, 'NETWORK_NOT_READ', { network: networkId, link: view.name }, network.missing, {
          evidence: [ownEvidence(view, own)],
        });
      if (network.is !== 'found') continue;
      const inside = network.value.cidrBlocks.filter((text) => meet(own.prefix, text));
      const subnets =
        inside.length === 0
          ? []
          : subnetsOfNetwork(region, networkId).filter(({ cidrBlock }) => meet(own.prefix, cidrBlock));
      const evidence = [
        ownEvidence(view, own),
        ...network.value.cidrBlocks.map((text) => ({ kind: 'network', id: networkId, text })),
        ...subnets.slice(0, 5).map((subnet) => subnetEvidence(subnet)),
      ];
      if (inside.length === 0) {
        yield holds(input, about, 'NETWORK_APART', () => ({
          params: { network: networkId, ownBlock: own.text },
          evidence,
        }));
        continue;
      }
      const free = freeInNetwork(region, networkId, 24, [own.prefix]);
      yield fails(about, 'NETWORK_OVERLAPS', {
        params: {
          inside,
          network: networkId,
          ownBlock: own.text,
          link: view.name,
          free,
          instead: otherBlock(view, own, input.now),
        },
        evidence,
      });
    }
  },
};
