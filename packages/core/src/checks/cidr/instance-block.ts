import { stating, type Judgement } from '../../findings/statement.js';
import type { instanceBlockWords } from './words/instance-block.words.js';
import { part } from '../../findings/subject.js';
import { parsePrefix } from '../../cidr/prefix.js';
import type { Subnet } from '../../model/network.js';
import type { LinkView } from '../../world/views.js';
import { isNew } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { freeInNetwork } from './free-block.js';
import { blockLinks, INSTANCE_BLOCKS, isKnown, meet, otherBlock, ownEvidence, type OwnBlock } from './own-block.js';

const { fails, holds, unsure } = stating<(typeof instanceBlockWords)['says']>();

/** `cidr/instance-block`. */
export const instanceBlock: Judgement = {
  id: 'cidr/instance-block',
  severity: 'error',
  *run(input) {
    for (const { view, subnets, missing, own } of blockLinks(input.links)) {
      if (!isKnown(own)) {
        yield unsure(aboutLink(view), 'SUBNETS_NOT_READ', { link: view.name }, own);
        continue;
      }
      if (isNew(view) && !INSTANCE_BLOCKS.some((block) => block === own.text)) {
        yield fails(aboutLink(view), 'BLOCK_NOT_OFFERED', {
          params: { ownBlock: own.text, offered: INSTANCE_BLOCKS, link: view.name },
          evidence: [ownEvidence(view, own)],
        });
        continue;
      }
      if (missing !== undefined)
        yield unsure(aboutLink(view), 'SUBNETS_NOT_READ', { link: view.name }, missing, {
          evidence: [ownEvidence(view, own)],
        });
      for (const subnet of subnets) {
        if (meet(own.prefix, subnet.cidrBlock)) yield conflict(view, subnet, subnets, own, input.now);
        else {
          yield holds(input, aboutLink(view, part('subnet', subnet.id)), 'SUBNET_APART', () => ({
            params: { block: subnet.cidrBlock, subnet: subnet.id, ownBlock: own.text },
            evidence: [ownEvidence(view, own), subnetEvidence(subnet)],
          }));
        }
      }
    }
  },
};

function conflict(view: LinkView, subnet: Subnet, subnets: readonly Subnet[], own: OwnBlock, now: number) {
  const bits = Number(subnet.cidrBlock.split('/')[1]);
  const otherWorks = !subnets.some(({ cidrBlock }) => meet(parsePrefix(own.other), cidrBlock));
  const free = freeInNetwork(
    view.region,
    subnet.networkId,
    bits,
    INSTANCE_BLOCKS.map((block) => parsePrefix(block)),
  );
  return fails(aboutLink(view, part('subnet', subnet.id)), 'SUBNET_OVERLAPS', {
    params: {
      block: subnet.cidrBlock,
      subnet: subnet.id,
      ownBlock: own.text,
      link: view.name,
      isNew: isNew(view),
      otherWorks,
      instead: otherBlock(view, own, now),
      free,
      offered: INSTANCE_BLOCKS,
      network: subnet.networkId,
    },
    evidence: [ownEvidence(view, own), subnetEvidence(subnet)],
  });
}
