import { fail, pass, unknown } from '../../../do/findings/say.js';
import { part, aboutLink } from '../../../do/findings/subject.js';
import { contains, formatPrefix } from '../../../cidr/prefix.js';
import { reservedOverlap } from '../../../cidr/reserved.js';
import { accessibleOf, blockEvidence, blockOwner, blockMending, removeText } from './accessible.js';
import { defineCheck } from '../define-check.js';

export const reserved = defineCheck({
  id: 'cidr/reserved',
  severity: 'error',
  title: 'No accessible block is reserved',
  about:
    'No backend can have an address in a reserved range: loopback, link-local, multicast and the other ranges ' +
    "that the internet's registries reserve, and the ranges that a cloud keeps for its own services. A block " +
    'inside a reserved range is an error. A wider block that contains one, such as 0.0.0.0/0, is a warning.',
  sources: ['https://www.iana.org/assignments/iana-ipv4-special-registry/'],
  codes: {
    BLOCKS_NOT_READ: unknown('no accessible block of link {link} is reserved'),
    NOT_RESERVED: pass('{block} is not reserved'),
    RESERVED: fail(
      [
        'if within: {block} is inside {name}, which is reserved ({range}): no backend can have such an address',
        '{block} contains {name}, which is reserved ({range}), and is wider than any backend needs',
      ],
      ['if within: Correct it, or {removal}.', 'Write the blocks that the backends are in instead, and {removal}.'],
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      const ofCloud = view.region.clouds.network(view.region.region).reserved?.ranges;
      const { blocks, missing } = accessibleOf(view);
      if (missing !== undefined) yield say.BLOCKS_NOT_READ(aboutLink(view), { link: view.name }, missing);
      for (const block of blocks) {
        const { prefix, text, from } = block;
        if (prefix === undefined || from === 'subnet') continue;

        const about = aboutLink(view, part('block', text));
        const [range] = reservedOverlap(prefix, ofCloud);
        if (range === undefined) {
          yield say.NOT_RESERVED(about, { block: text }, [blockEvidence(view, block)]);
          continue;
        }

        const within = contains(range.prefix, prefix);
        const name = formatPrefix(range.prefix);
        const owner = blockOwner(view);
        yield say.RESERVED(
          about,
          { within, block: text, name, range: range.name, owner, from },
          {
            mendedBy: blockMending(owner, from),
            evidence: [
              blockEvidence(view, block),
              { kind: 'reserved range', id: name, text: `${range.name} (${range.source})` },
            ],
            severity: within ? 'error' : 'warning',
            words: { removal: removeText(owner, text, from) },
          },
        );
      }
    }
  },
});
