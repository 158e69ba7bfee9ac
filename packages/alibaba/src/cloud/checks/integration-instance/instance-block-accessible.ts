import { aboutLink, accessibleOf, blockEvidence, defineCheck, freeInNetwork } from '@postern/core/checks';
import { blockLinks, isKnown, meet, otherBlock, otherBlockText, ownEvidence } from './own-block.js';

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
  codes: ['BLOCKS_NOT_READ', 'BLOCKS_OVERLAP', 'BLOCKS_APART'],
  *run(input, say) {
    for (const { view, own } of blockLinks(input.links)) {
      const { blocks, missing } = accessibleOf(view);
      const about = aboutLink(view);
      if (!isKnown(own)) {
        yield say.unknown(about, 'BLOCKS_NOT_READ', { link: view.name }, own, blocksNotRead);
        continue;
      }
      const inside = blocks.filter(({ text, from }) => from !== 'subnet' && meet(own.prefix, text));
      const evidence = [ownEvidence(view, own), ...inside.map((block) => blockEvidence(view, block))];
      if (inside.length > 0) {
        const [bits = 24] = inside.flatMap(({ prefix }) => prefix?.bits ?? []);
        const free = freeInNetwork(view.region, view.networkId, Math.max(bits, 24), [own.prefix]);
        yield say.fail(
          about,
          'BLOCKS_OVERLAP',
          {
            inside: inside.map(({ text }) => text),
            ownBlock: own.text,
            link: view.name,
            free,
            network: view.networkId,
            instead: otherBlock(view, own, input.now),
          },
          (p) => ({
            message: `${p.inside.join(', ')} overlaps ${p.ownBlock}, the instance CIDR block of link ${p.link}: backends with such addresses are never reached`,
            remedy: `Give these backends addresses outside of ${p.ownBlock}${p.free === undefined ? '' : ` (${p.free} is free in ${p.network})`}, or ${otherBlockText(p.instead)}.`,
            evidence,
          }),
        );
      } else if (missing !== undefined)
        yield say.unknown(about, 'BLOCKS_NOT_READ', { link: view.name }, missing, (p) => ({
          whether: blocksNotRead(p),
          evidence,
        }));
      else
        yield say.pass(
          about,
          'BLOCKS_APART',
          () => ({ link: view.name, ownBlock: own.text }),
          (p) => ({ message: `the accessible blocks of link ${p.link} do not overlap ${p.ownBlock}`, evidence }),
        );
    }
  },
});

function blocksNotRead({ link }: { readonly link: string }): string {
  return `the accessible blocks of link ${link} overlap its instance CIDR block`;
}
