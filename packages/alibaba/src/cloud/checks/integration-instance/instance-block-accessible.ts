import {
  aboutLink,
  accessibleOf,
  blockEvidence,
  defineCheck,
  fail,
  freeInNetwork,
  pass,
  unknown,
} from '@postern/core/checks';
import { blockLinks, isRead, overlapsBlock, otherBlock, otherBlockText, instanceBlockEvidence } from './own-block.js';

/** `cidr/instance-block-accessible`. */
export const instanceBlockAccessible = defineCheck({
  id: 'cidr/instance-block-accessible',
  severity: 'warning',
  title: 'The accessible blocks do not overlap the instance CIDR block',
  about:
    "Addresses of the instance CIDR block are on the gateway's side of an integration instance. A resource of the network with such " +
    'an address is never reached, whatever the accessible blocks are. The service accepts such blocks without a warning.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  codes: {
    BLOCKS_NOT_READ: unknown('the accessible blocks of link {link} overlap its instance CIDR block'),
    BLOCKS_OVERLAP: fail(
      '{inside} overlaps {ownBlock}, the instance CIDR block of link {link}: backends with such addresses are never reached',
      'Give these backends addresses outside of {ownBlock}[ ({free} is free in {network})], or {instead}.',
    ),
    BLOCKS_APART: pass('the accessible blocks of link {link} do not overlap {ownBlock}'),
  },
  *run(input, say) {
    for (const { view, instanceBlock } of blockLinks(input.links)) {
      const { blocks, missing } = accessibleOf(view);
      const about = aboutLink(view);
      if (!isRead(instanceBlock)) {
        yield say.BLOCKS_NOT_READ(about, { link: view.name }, instanceBlock);
        continue;
      }
      const inside = blocks.filter(({ text, from }) => from !== 'subnet' && overlapsBlock(instanceBlock.prefix, text));
      const evidence = [
        instanceBlockEvidence(view, instanceBlock),
        ...inside.map((block) => blockEvidence(view, block)),
      ];
      if (inside.length > 0) {
        const [bits = 24] = inside.flatMap(({ prefix }) => prefix?.bits ?? []);
        const free = freeInNetwork(view.region, view.networkId, Math.max(bits, 24), [instanceBlock.prefix]);
        const instead = otherBlock(view, instanceBlock, input.now);
        yield say.BLOCKS_OVERLAP(
          about,
          {
            inside: inside.map(({ text }) => text),
            ownBlock: instanceBlock.text,
            link: view.name,
            free,
            network: view.networkId,
            instead,
          },
          { evidence, words: { instead: otherBlockText(instead) } },
        );
      } else if (missing !== undefined) yield say.BLOCKS_NOT_READ(about, { link: view.name }, missing, evidence);
      else yield say.BLOCKS_APART(about, { link: view.name, ownBlock: instanceBlock.text }, evidence);
    }
  },
});
