import { stating, type Judgement } from '../../findings/statement.js';
import type { reservedWords } from './words/reserved.words.js';
import { part } from '../../findings/subject.js';
import { contains } from '../../cidr/prefix.js';
import { formatPrefix } from '../../cidr/prefix.js';
import { reservedOverlap } from '../../cidr/reserved.js';
import { aboutLink } from '../../findings/about.js';
import { accessibleOf, blockEvidence, blockOwner } from './accessible.js';
import { cloudTraits } from '../../kinds/cloud/clouds.js';

const { fails, holds, unsure } = stating<(typeof reservedWords)['says']>();

/** `cidr/reserved`. */
export const reserved: Judgement = {
  id: 'cidr/reserved',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      const { reserves: cloud } = cloudTraits(view.region.region);
      const { blocks, missing } = accessibleOf(view);
      if (missing !== undefined) yield unsure(aboutLink(view), 'BLOCKS_NOT_READ', { link: view.name }, missing);
      for (const block of blocks) {
        const { prefix, text, from } = block;
        if (prefix === undefined || from === 'subnet') continue;
        const about = aboutLink(view, part('block', text));
        const [range] = reservedOverlap(prefix, cloud);
        if (range === undefined) {
          yield holds(input, about, 'NOT_RESERVED', () => ({
            params: { block: text },
            evidence: [blockEvidence(view, block)],
          }));
          continue;
        }
        const within = contains(range.prefix, prefix);
        const name = formatPrefix(range.prefix);
        yield fails(about, 'RESERVED', {
          params: { within, block: text, name, range: range.name, owner: blockOwner(view), from: block.from },
          evidence: [
            blockEvidence(view, block),
            { kind: 'reserved range', id: name, text: `${range.name} (${range.source})` },
          ],
          severity: within ? 'error' : 'warning',
        });
      }
    }
  },
};
