import { part } from '../../findings/subject.js';
import { parsePrefix } from '../../cidr/prefix.js';
import type { Subnet } from '../../model/network.js';
import type { LinkView } from '../../world/views.js';
import type { Check } from '../../findings/check.js';
import { isNew } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { subnetEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { freeInNetwork } from './free-block.js';
import { blockLinks, INSTANCE_BLOCKS, isKnown, meet, otherBlockText, ownEvidence, type OwnBlock } from './own-block.js';

/** `cidr/instance-block`. */
export const instanceBlock: Check = {
  id: 'cidr/instance-block',
  title: "The instance's own block meets none of its vSwitches",
  severity: 'error',
  about:
    "An integration instance has a block on the gateway's own side, 192.168.0.0/16 or 172.16.0.0/12, chosen when it is made and never " +
    'changed. Where it overlaps the block of a vSwitch that the instance stands in, the instance never gets to work, or cannot be made.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  *run(input) {
    for (const { view, subnets, missing, own } of blockLinks(input.links)) {
      const whether = `the own block of link ${view.name} meets none of its vSwitches`;
      if (!isKnown(own)) {
        yield unsure(aboutLink(view), whether, own);
        continue;
      }
      if (isNew(view) && !INSTANCE_BLOCKS.some((block) => block === own.text)) {
        yield fails(aboutLink(view), {
          message: `${own.text} cannot be the own block of an instance`,
          evidence: [ownEvidence(view, own)],
          remedy: `Write one of ${INSTANCE_BLOCKS.join(' and ')} as links.${view.name}.instanceCidr.`,
        });
        continue;
      }
      if (missing !== undefined)
        yield unsure(aboutLink(view), whether, missing, { evidence: [ownEvidence(view, own)] });
      for (const subnet of subnets) {
        if (meet(own.prefix, subnet.cidrBlock)) yield conflict(view, subnet, subnets, own, input.now);
        else {
          yield holds(input, aboutLink(view, part('subnet', subnet.id)), () => ({
            message: `${subnet.cidrBlock} of ${subnet.id} lies apart from ${own.text}`,
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
  return fails(aboutLink(view, part('subnet', subnet.id)), {
    message: `${subnet.cidrBlock} of ${subnet.id} overlaps ${own.text}, the own block of link ${view.name}: the instance ${isNew(view) ? 'would never get' : 'does not get'} to work`,
    evidence: [ownEvidence(view, own), subnetEvidence(subnet)],
    remedy: otherWorks
      ? `${sentence(otherBlockText(view, own, now))}.`
      : free === undefined
        ? `Use vSwitches outside of ${INSTANCE_BLOCKS.join(' and ')}, for which ${subnet.networkId} needs a secondary block.`
        : `Use vSwitches outside of ${INSTANCE_BLOCKS.join(' and ')}; ${free} is free in ${subnet.networkId}.`,
  });
}

function sentence(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}
