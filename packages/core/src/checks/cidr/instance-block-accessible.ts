import { stating, type Judgement } from '../../findings/statement.js';
import type { instanceBlockAccessibleWords } from './words/instance-block-accessible.words.js';
import { aboutLink } from '../../findings/about.js';
import { accessibleOf, blockEvidence } from './accessible.js';
import { freeInNetwork } from './free-block.js';
import { blockLinks, isKnown, meet, otherBlock, ownEvidence } from './own-block.js';

const { fails, holds, unsure } = stating<(typeof instanceBlockAccessibleWords)['says']>();

/** `cidr/instance-block-accessible`. */
export const instanceBlockAccessible: Judgement = {
  id: 'cidr/instance-block-accessible',
  severity: 'warning',
  *run(input) {
    for (const { view, own } of blockLinks(input.links)) {
      const { blocks, missing } = accessibleOf(view);
      const about = aboutLink(view);
      if (!isKnown(own)) {
        yield unsure(about, 'BLOCKS_NOT_READ', { link: view.name }, own);
        continue;
      }
      const inside = blocks.filter(({ text, from }) => from !== 'subnet' && meet(own.prefix, text));
      const evidence = [ownEvidence(view, own), ...inside.map((block) => blockEvidence(view, block))];
      if (inside.length > 0) {
        const [bits = 24] = inside.flatMap(({ prefix }) => prefix?.bits ?? []);
        const free = freeInNetwork(view.region, view.networkId, Math.max(bits, 24), [own.prefix]);
        yield fails(about, 'BLOCKS_OVERLAP', {
          params: {
            inside: inside.map(({ text }) => text),
            ownBlock: own.text,
            link: view.name,
            free,
            network: view.networkId,
            instead: otherBlock(view, own, input.now),
          },
          evidence,
        });
      } else if (missing !== undefined)
        yield unsure(about, 'BLOCKS_NOT_READ', { link: view.name }, missing, { evidence });
      else
        yield holds(input, about, 'BLOCKS_APART', () => ({
          params: { link: view.name, ownBlock: own.text },
          evidence,
        }));
    }
  },
};
