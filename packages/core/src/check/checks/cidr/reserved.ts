import { part } from '../../../do/findings/subject.js';
import { contains, formatPrefix } from '../../../cidr/prefix.js';
import { reservedOverlap } from '../../../cidr/reserved.js';
import { aboutLink } from '../../../do/findings/about.js';
import { accessibleOf, blockEvidence, blockOwner, blockMending, removeText } from './accessible.js';
import { defineCheck } from '../define-check.js';

/** `cidr/reserved`. */
export const reserved = defineCheck({
  id: 'cidr/reserved',
  severity: 'error',
  title: 'No accessible block is reserved',
  about:
    'No backend can have an address in a reserved range: loopback, link-local, multicast and the other ranges ' +
    "that the internet's registries reserve, and the ranges that a cloud keeps for its own services. A block " +
    'inside a reserved range is an error. A wider block that contains one, such as 0.0.0.0/0, is a warning.',
  sources: ['https://www.iana.org/assignments/iana-ipv4-special-registry/'],
  codes: ['BLOCKS_NOT_READ', 'NOT_RESERVED', 'RESERVED'],
  *run(input, say) {
    for (const view of input.links) {
      const ofCloud = view.region.clouds.network(view.region.region).reserved?.ranges;
      const { blocks, missing } = accessibleOf(view);
      if (missing !== undefined)
        yield say.unknown(
          aboutLink(view),
          'BLOCKS_NOT_READ',
          { link: view.name },
          missing,
          (p) => `no accessible block of link ${p.link} is reserved`,
        );
      for (const block of blocks) {
        const { prefix, text, from } = block;
        if (prefix === undefined || from === 'subnet') continue;
        const about = aboutLink(view, part('block', text));
        const [range] = reservedOverlap(prefix, ofCloud);
        if (range === undefined) {
          yield say.pass(
            about,
            'NOT_RESERVED',
            () => ({ block: text }),
            (p) => ({ message: `${p.block} is not reserved`, evidence: [blockEvidence(view, block)] }),
          );
          continue;
        }
        const within = contains(range.prefix, prefix);
        const name = formatPrefix(range.prefix);
        yield say.fail(
          about,
          'RESERVED',
          { within, block: text, name, range: range.name, owner: blockOwner(view), from: block.from },
          (p) => ({
            message: p.within
              ? `${p.block} is inside ${p.name}, which is reserved (${p.range}): no backend can have such an address`
              : `${p.block} contains ${p.name}, which is reserved (${p.range}), and is wider than any backend needs`,
            remedy: p.within
              ? `Correct it, or ${removeText(p.owner, p.block, p.from)}.`
              : `Write the blocks that the backends are in instead, and ${removeText(p.owner, p.block, p.from)}.`,
            mendedBy: blockMending(p.owner, p.from),
            evidence: [
              blockEvidence(view, block),
              { kind: 'reserved range', id: name, text: `${range.name} (${range.source})` },
            ],
            severity: within ? 'error' : 'warning',
          }),
        );
      }
    }
  },
});
