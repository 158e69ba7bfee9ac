import { part } from '../../findings/subject.js';
import { contains } from '../../cidr/prefix.js';
import { formatPrefix } from '../../cidr/prefix.js';
import { reservedOverlap } from '../../cidr/reserved.js';
import type { Check } from '../../findings/check.js';
import { aboutLink } from '../../findings/about.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { accessibleOf, blockEvidence, removeText } from './accessible.js';

/** `cidr/reserved`. */
export const reserved: Check = {
  id: 'cidr/reserved',
  title: 'No accessible block is reserved',
  severity: 'error',
  about:
    "No backend can live in a range that is set aside: loopback, link-local, multicast and what else the internet's registries reserve, " +
    'and what each cloud keeps for its own services (100.64.0.0/10 on Alibaba Cloud). A block inside of one is an error; a wider block ' +
    'that holds one, such as 0.0.0.0/0, is a warning.',
  sources: [
    'https://www.iana.org/assignments/iana-ipv4-special-registry/',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html',
    'https://www.alibabacloud.com/help/en/vpc/vpc-and-vswitch',
  ],
  *run(input) {
    for (const view of input.links) {
      const { provider } = view.region.region;
      const cloud = provider === 'aws' || provider === 'alibaba' ? provider : undefined;
      const { blocks, missing } = accessibleOf(view);
      if (missing !== undefined)
        yield unsure(aboutLink(view), `no accessible block of link ${view.name} is reserved`, missing);
      for (const block of blocks) {
        const { prefix, text, from } = block;
        if (prefix === undefined || from === 'subnet') continue;
        const about = aboutLink(view, part('block', text));
        const [range] = reservedOverlap(prefix, cloud);
        if (range === undefined) {
          yield holds(input, about, () => ({
            message: `${text} is not reserved`,
            evidence: [blockEvidence(view, block)],
          }));
          continue;
        }
        const within = contains(range.prefix, prefix);
        const name = formatPrefix(range.prefix);
        yield fails(about, {
          message: within
            ? `${text} lies in ${name}, which is reserved (${range.name}): no backend can live there`
            : `${text} holds ${name}, which is reserved (${range.name}), and is wider than any backend needs`,
          evidence: [
            blockEvidence(view, block),
            { kind: 'reserved range', id: name, text: `${range.name} (${range.source})` },
          ],
          remedy: within
            ? `Correct it, or ${removeText(view, block)}.`
            : `Write the blocks that the backends are in instead, and ${removeText(view, block)}.`,
          severity: within ? 'error' : 'warning',
        });
      }
    }
  },
};
