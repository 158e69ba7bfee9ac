import type { Check } from '../../findings/check.js';
import { subnetsOfNetwork } from '../../world/subnets-of.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { freeInNetwork } from './free-block.js';
import { blockLinks, isKnown, meet, otherBlockText, ownEvidence } from './own-block.js';

/** `cidr/instance-block-network`. */
export const instanceBlockNetwork: Check = {
  id: 'cidr/instance-block-network',
  title: "The blocks of the VPC, secondary ones included, lie apart from the instance's own block",
  severity: 'warning',
  about:
    "The service compares an integration instance's own block with its vSwitches only. Where it overlaps another part of the VPC, a " +
    'secondary block for instance, everything works until a backend is put there: it is never reached.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  *run(input) {
    for (const { view, own } of blockLinks(input.links)) {
      const { region, networkId } = view;
      const about = aboutLink(view);
      const whether = `the blocks of ${networkId ?? 'its VPC'} lie apart from the own block of link ${view.name}`;
      if (!isKnown(own)) {
        yield unsure(about, whether, own);
        continue;
      }
      if (networkId === undefined) continue;
      const network = region.find('networks', networkId);
      if (network.is === 'unknown')
        yield unsure(about, whether, network.missing, { evidence: [ownEvidence(view, own)] });
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
        yield holds(input, about, () => ({ message: `${networkId} lies apart from ${own.text}`, evidence }));
        continue;
      }
      const free = freeInNetwork(region, networkId, 24, [own.prefix]);
      yield fails(about, {
        message: `${inside.join(', ')} of ${networkId} overlaps ${own.text}, the own block of link ${view.name}: a backend in both is never reached`,
        evidence,
        remedy: `Put backends outside of ${own.text}${free === undefined ? '' : ` (${free} is free in ${networkId})`}, or ${otherBlockText(view, own, input.now)}.`,
      });
    }
  },
};
