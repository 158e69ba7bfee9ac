import type { LinkView, SayText } from '@postern/core/check';
import { aboutLink, defineCheck, freeInNetwork, isNew, part, sentence, subnetEvidence } from '@postern/core/checks';
import { parsePrefix } from '@postern/core/cidr';
import type { Subnet } from '@postern/core/snapshot';
import { blockLinks, isKnown, meet, otherBlock, otherBlockText, type OwnBlock, ownEvidence } from './own-block.js';
import { INSTANCE_CIDRS } from '../../integration-instance/instance-cidrs.js';

/** `cidr/instance-block`. */
export const instanceBlock = defineCheck({
  id: 'cidr/instance-block',
  severity: 'error',
  title: 'The instance CIDR block does not overlap the vSwitches of the instance',
  about:
    "An integration instance has a CIDR block on the gateway's side, 192.168.0.0/16 or 172.16.0.0/12. It is chosen when the instance " +
    'is created and never changes. If it overlaps a vSwitch of the instance, the instance never works or cannot be created.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  codes: ['SUBNETS_NOT_READ', 'BLOCK_NOT_OFFERED', 'SUBNET_APART', 'SUBNET_OVERLAPS'],
  *run(input, say) {
    for (const { view, subnets, missing, own } of blockLinks(input.links)) {
      if (!isKnown(own)) {
        yield say.unknown(aboutLink(view), 'SUBNETS_NOT_READ', { link: view.name }, own, subnetsNotRead);
        continue;
      }
      if (isNew(view) && !INSTANCE_CIDRS.some((block) => block === own.text)) {
        yield say.fail(
          aboutLink(view),
          'BLOCK_NOT_OFFERED',
          { ownBlock: own.text, offered: INSTANCE_CIDRS, link: view.name },
          (p) => ({
            message: `${p.ownBlock} cannot be the CIDR block of an instance`,
            remedy: `Write one of ${p.offered.join(' and ')} as links.${p.link}.instanceCidr.`,
            evidence: [ownEvidence(view, own)],
          }),
        );
        continue;
      }
      if (missing !== undefined)
        yield say.unknown(aboutLink(view), 'SUBNETS_NOT_READ', { link: view.name }, missing, (p) => ({
          whether: subnetsNotRead(p),
          evidence: [ownEvidence(view, own)],
        }));
      for (const subnet of subnets) {
        if (meet(own.prefix, subnet.cidrBlock)) yield conflict(say, view, subnet, subnets, own, input.now);
        else {
          yield say.pass(
            aboutLink(view, part('subnet', subnet.id)),
            'SUBNET_APART',
            () => ({ block: subnet.cidrBlock, subnet: subnet.id, ownBlock: own.text }),
            (p) => ({
              message: `${p.block} of ${p.subnet} does not overlap ${p.ownBlock}`,
              evidence: [ownEvidence(view, own), subnetEvidence(subnet)],
            }),
          );
        }
      }
    }
  },
});

function conflict(say: SayText, view: LinkView, subnet: Subnet, subnets: readonly Subnet[], own: OwnBlock, now: number) {
  const bits = Number(subnet.cidrBlock.split('/')[1]);
  const otherWorks = !subnets.some(({ cidrBlock }) => meet(parsePrefix(own.other), cidrBlock));
  const free = freeInNetwork(
    view.region,
    subnet.networkId,
    bits,
    INSTANCE_CIDRS.map((block) => parsePrefix(block)),
  );
  return say.fail(
    aboutLink(view, part('subnet', subnet.id)),
    'SUBNET_OVERLAPS',
    {
      block: subnet.cidrBlock,
      subnet: subnet.id,
      ownBlock: own.text,
      link: view.name,
      isNew: isNew(view),
      otherWorks,
      instead: otherBlock(view, own, now),
      free,
      offered: INSTANCE_CIDRS,
      network: subnet.networkId,
    },
    (p) => ({
      message: `${p.block} of ${p.subnet} overlaps ${p.ownBlock}, the instance CIDR block of link ${p.link}: the instance ${p.isNew ? 'would not work' : 'does not work'}`,
      remedy: p.otherWorks
        ? `${sentence(otherBlockText(p.instead))}.`
        : p.free === undefined
          ? `Use vSwitches outside of ${p.offered.join(' and ')}; ${p.network} needs a secondary CIDR block for them.`
          : `Use vSwitches outside of ${p.offered.join(' and ')}; ${p.free} is free in ${p.network}.`,
      evidence: [ownEvidence(view, own), subnetEvidence(subnet)],
    }),
  );
}

function subnetsNotRead({ link }: { readonly link: string }): string {
  return `the instance CIDR block of link ${link} overlaps its vSwitches`;
}
