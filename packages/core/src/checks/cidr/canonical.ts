import { part } from '../../findings/subject.js';
import type { CheckInput, LinkView } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import { aboutLink, aboutTarget } from '../../findings/about.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { accessibleOf, blockEvidence, readCanonical } from './accessible.js';

/** `cidr/canonical`. */
export const canonical: Check = {
  id: 'cidr/canonical',
  title: 'Blocks are written canonically',
  severity: 'error',
  about:
    'A block with host bits (10.0.0.1/24), leading zeros or a missing length means different things to different programs: some refuse ' +
    'it, some rewrite it, some read octal numbers. In a spec it is an error; what stands on the cloud like that works as the cloud ' +
    'reads it, and is a warning. What is not canonical takes no part in the other checks of this family.',
  sources: ['https://www.rfc-editor.org/rfc/rfc4632#section-3.1', 'https://www.rfc-editor.org/rfc/rfc5952'],
  *run(input) {
    for (const view of input.links) yield* ofLink(input, view);
    for (const integration of input.integrations) {
      for (const target of integration.targets) {
        const { admits } = target.spec;
        if (admits === undefined) continue;
        const wrong = admits.flatMap((text) => {
          const why = readCanonical(text);
          return why === undefined ? [] : [{ text, ...why }];
        });
        const place = `integrations.${integration.name}.targets.${target.name}.admits`;
        const about = aboutTarget(integration, target, part('admits', 'admits'));
        const [first] = wrong;
        if (first !== undefined) {
          yield fails(about, {
            message: `${place} holds what is no canonical block: ${first.why}`,
            evidence: wrong.map(({ text, why }) => ({ kind: 'spec', id: place, text: `${text}: ${why}` })),
            remedy: first.remedy ?? `Correct ${JSON.stringify(first.text)} in ${place}.`,
          });
        } else {
          yield holds(input, about, () => ({
            message: `the blocks of ${place} are canonical`,
            evidence: [{ kind: 'spec', id: place, text: admits.join(', ') }],
          }));
        }
      }
    }
  },
};

function* ofLink(input: CheckInput, view: LinkView): Iterable<Outcome> {
  const { blocks, missing } = accessibleOf(view);
  const wrong = blocks.filter(({ prefix }) => prefix === undefined);
  for (const block of wrong) {
    const { why = 'no block', remedy } = readCanonical(block.text) ?? {};
    yield fails(aboutLink(view, part('block', block.text)), {
      message: `the allowlist of link ${view.name} holds what is no canonical block: ${why}`,
      evidence: [blockEvidence(view, block)],
      remedy: remedy ?? `Correct ${JSON.stringify(block.text)} in links.${view.name}.allowlist.`,
      severity: block.from === 'spec' ? 'error' : 'warning',
    });
  }
  if (missing !== undefined) {
    yield unsure(aboutLink(view), `the blocks of the allowlist of link ${view.name} are canonical`, missing);
  } else if (blocks.length > 0 && wrong.length === 0) {
    yield holds(input, aboutLink(view), () => ({
      message: `the blocks of the allowlist of link ${view.name} are canonical`,
      evidence: blocks.map((block) => blockEvidence(view, block)),
    }));
  }
}
