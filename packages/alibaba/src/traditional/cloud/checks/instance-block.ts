import type { LinkView, Say } from '@postern/core/internal/check';
import {
  aboutLink,
  defineCheck,
  fail,
  freeInNetwork,
  isNew,
  part,
  pass,
  sentence,
  subnetEvidence,
  unknown,
} from '@postern/core/internal/checks';
import { parsePrefix } from '@postern/core/internal/cidr';
import type { Subnet } from '@postern/core/internal/snapshot';
import { blockLinks, isRead, overlap, otherBlock, otherBlockText, type OwnBlock, cidrEvidence } from './own-block.js';
import { INSTANCE_CIDRS } from '../blocks.js';

const CODES = {
  SUBNETS_NOT_READ: unknown('the instance CIDR block of link {link} overlaps its vSwitches'),
  BLOCK_NOT_OFFERED: fail(
    '{ownBlock} cannot be the CIDR block of an instance',
    'Write one of {offered:and} as links.{link}.instanceCidr.',
  ),
  SUBNET_APART: pass('{block} of {subnet} does not overlap {ownBlock}'),
  SUBNET_OVERLAPS: fail(
    '{block} of {subnet} overlaps {ownBlock}, the instance CIDR block of link {link}: the instance {isNew?would not work:does not work}',
    '[if otherWorks: {instead}.|Use vSwitches outside of {offered:and}; {free} is free in {network}.|Use vSwitches outside of {offered:and}; {network} needs a secondary CIDR block for them.]',
  ),
};

export const instanceBlock = defineCheck({
  id: 'cidr/instance-block',
  severity: 'error',
  title: 'The instance CIDR block does not overlap the vSwitches of the instance',
  about:
    "An integration instance has a CIDR block on the gateway's side, 192.168.0.0/16 or 172.16.0.0/12. It is chosen when the instance is created and never changes. If it overlaps a vSwitch of the instance, the instance never works or cannot be created.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  codes: CODES,
  *run(input, say) {
    for (const { view, subnets, missing, cidr } of blockLinks(input.links)) {
      const about = aboutLink(view);
      const on = { link: view.name };
      if (!isRead(cidr)) {
        yield say.SUBNETS_NOT_READ(about, on, cidr);
        continue;
      }

      const evidence = [cidrEvidence(view, cidr)];
      if (isNew(view) && !INSTANCE_CIDRS.some((block) => block === cidr.text)) {
        yield say.BLOCK_NOT_OFFERED(about, { ownBlock: cidr.text, offered: INSTANCE_CIDRS, ...on }, evidence);
        continue;
      }

      if (missing !== undefined) yield say.SUBNETS_NOT_READ(about, on, missing, evidence);
      for (const subnet of subnets) {
        if (overlap(cidr.prefix, subnet.cidrBlock)) yield conflict(say, view, subnet, subnets, cidr, input.now);
        else {
          yield say.SUBNET_APART(
            aboutLink(view, part('subnet', subnet.id)),
            { block: subnet.cidrBlock, subnet: subnet.id, ownBlock: cidr.text },
            [...evidence, subnetEvidence(subnet)],
          );
        }
      }
    }
  },
});

function conflict(
  say: Say<typeof CODES>,
  view: LinkView,
  subnet: Subnet,
  subnets: readonly Subnet[],
  cidr: OwnBlock,
  now: number,
) {
  const bits = Number(subnet.cidrBlock.split('/')[1]);
  const otherWorks = !subnets.some(({ cidrBlock }) => overlap(parsePrefix(cidr.other), cidrBlock));
  const free = freeInNetwork(
    view.region,
    subnet.networkId,
    bits,
    INSTANCE_CIDRS.map((block) => parsePrefix(block)),
  );
  const instead = otherBlock(view, cidr, now);
  return say.SUBNET_OVERLAPS(
    aboutLink(view, part('subnet', subnet.id)),
    {
      block: subnet.cidrBlock,
      subnet: subnet.id,
      ownBlock: cidr.text,
      link: view.name,
      isNew: isNew(view),
      otherWorks,
      instead,
      free,
      offered: INSTANCE_CIDRS,
      network: subnet.networkId,
    },
    {
      evidence: [cidrEvidence(view, cidr), subnetEvidence(subnet)],
      words: { instead: sentence(otherBlockText(instead)) },
    },
  );
}
