import type { Check } from '../../findings/check.js';
import { aboutLink } from '../../findings/about.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { accessibleOf, blockEvidence } from './accessible.js';
import { freeInNetwork } from './free-block.js';
import { blockLinks, isKnown, meet, otherBlockText, ownEvidence } from './own-block.js';

/** `cidr/instance-block-accessible`. */
export const instanceBlockAccessible: Check = {
  id: 'cidr/instance-block-accessible',
  title: "The accessible blocks lie apart from the instance's own block",
  severity: 'warning',
  about:
    "Addresses of an integration instance's own block are on the gateway's own side, so nothing in the network that has such an address is " +
    'ever reached, whatever the accessible blocks say. The service takes such blocks without a word.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  *run(input) {
    for (const { view, own } of blockLinks(input.links)) {
      const { blocks, missing } = accessibleOf(view);
      const about = aboutLink(view);
      const whether = `the accessible blocks of link ${view.name} lie apart from its own block`;
      if (!isKnown(own)) {
        yield unsure(about, whether, own);
        continue;
      }
      const inside = blocks.filter(({ text, from }) => from !== 'subnet' && meet(own.prefix, text));
      const evidence = [ownEvidence(view, own), ...inside.map((block) => blockEvidence(view, block))];
      if (inside.length > 0) {
        const [bits = 24] = inside.flatMap(({ prefix }) => prefix?.bits ?? []);
        const free = freeInNetwork(view.region, view.networkId, Math.max(bits, 24), [own.prefix]);
        yield fails(about, {
          message: `${inside.map(({ text }) => text).join(', ')} overlaps ${own.text}, the own block of link ${view.name}: what has such addresses is never reached`,
          evidence,
          remedy: `Give these backends addresses outside of ${own.text}${free === undefined ? '' : ` (${free} is free in ${view.networkId})`}, or ${otherBlockText(view, own, input.now)}.`,
        });
      } else if (missing !== undefined) yield unsure(about, whether, missing, { evidence });
      else
        yield holds(input, about, () => ({
          message: `the accessible blocks of link ${view.name} lie apart from ${own.text}`,
          evidence,
        }));
    }
  },
};
