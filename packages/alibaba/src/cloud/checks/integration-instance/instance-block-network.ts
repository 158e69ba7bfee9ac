import {
  aboutLink,
  defineCheck,
  fail,
  freeInNetwork,
  pass,
  subnetEvidence,
  subnetsOfNetwork,
  unknown,
} from '@postern/core/checks';
import { blockLinks, isRead, overlapsBlock, otherBlock, otherBlockText, instanceBlockEvidence } from './own-block.js';

/** `cidr/instance-block-network`. */
export const instanceBlockNetwork = defineCheck({
  id: 'cidr/instance-block-network',
  severity: 'warning',
  title: 'The CIDR blocks of the VPC, secondary ones included, do not overlap the instance CIDR block',
  about:
    'The service compares the CIDR block of an integration instance with its vSwitches only. If it overlaps another part of the VPC, ' +
    'such as a secondary CIDR block, calls work until a backend is placed there. That backend is never reached.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  codes: {
    NETWORK_NOT_READ: unknown('the CIDR blocks of {network|its VPC} overlap the instance CIDR block of link {link}'),
    NETWORK_APART: pass('{network} does not overlap {ownBlock}'),
    NETWORK_OVERLAPS: fail(
      '{inside} of {network} overlaps {ownBlock}, the instance CIDR block of link {link}: a backend in both is never reached',
      'Place backends outside of {ownBlock}[ ({free} is free in {network})], or {instead}.',
    ),
  },
  *run(input, say) {
    for (const { view, instanceBlock } of blockLinks(input.links)) {
      const { region, networkId } = view;
      const about = aboutLink(view);
      const on = { network: networkId, link: view.name };
      if (!isRead(instanceBlock)) {
        yield say.NETWORK_NOT_READ(about, on, instanceBlock);
        continue;
      }
      if (networkId === undefined) continue;
      const network = region.find('networks', networkId);
      if (network.is === 'unknown')
        yield say.NETWORK_NOT_READ(about, on, network.missing, [instanceBlockEvidence(view, instanceBlock)]);
      if (network.is !== 'found') continue;
      const inside = network.value.cidrBlocks.filter((text) => overlapsBlock(instanceBlock.prefix, text));
      const subnets =
        inside.length === 0
          ? []
          : subnetsOfNetwork(region, networkId).filter(({ cidrBlock }) =>
              overlapsBlock(instanceBlock.prefix, cidrBlock),
            );
      const evidence = [
        instanceBlockEvidence(view, instanceBlock),
        ...network.value.cidrBlocks.map((text) => ({ kind: 'network', id: networkId, text })),
        ...subnets.slice(0, 5).map((subnet) => subnetEvidence(subnet)),
      ];
      if (inside.length === 0) {
        yield say.NETWORK_APART(about, { network: networkId, ownBlock: instanceBlock.text }, evidence);
        continue;
      }
      const free = freeInNetwork(region, networkId, 24, [instanceBlock.prefix]);
      const instead = otherBlock(view, instanceBlock, input.now);
      yield say.NETWORK_OVERLAPS(
        about,
        { inside, network: networkId, ownBlock: instanceBlock.text, link: view.name, free, instead },
        { evidence, words: { instead: otherBlockText(instead) } },
      );
    }
  },
});
