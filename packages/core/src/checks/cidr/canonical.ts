import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { canonicalWords } from './words/canonical.words.js';
import { part } from '../../findings/subject.js';
import type { CheckInput, LinkView } from '../../world/views.js';
import { aboutLink, aboutTarget } from '../../findings/about.js';
import { accessibleOf, blockEvidence, readCanonical } from './accessible.js';

const { fails, holds, unsure } = stating<(typeof canonicalWords)['says']>();

/** `cidr/canonical`. */
export const canonical: Judgement = {
  id: 'cidr/canonical',
  severity: 'error',
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
          yield fails(about, 'ADMITS_NOT_CANONICAL', {
            params: {
              integration: integration.name,
              target: target.name,
              why: first.why,
              remedy: first.remedy,
              block: first.text,
            },
            evidence: wrong.map(({ text, why }) => ({ kind: 'spec', id: place, text: `${text}: ${why}` })),
          });
        } else {
          yield holds(input, about, 'ADMITS_CANONICAL', () => ({
            params: { integration: integration.name, target: target.name },
            evidence: [{ kind: 'spec', id: place, text: admits.join(', ') }],
          }));
        }
      }
    }
  },
};

function* ofLink(input: CheckInput, view: LinkView): Iterable<Statement> {
  const { blocks, missing } = accessibleOf(view);
  const wrong = blocks.filter(({ prefix }) => prefix === undefined);
  for (const block of wrong) {
    const { why = 'not a CIDR block', remedy } = readCanonical(block.text) ?? {};
    yield fails(aboutLink(view, part('block', block.text)), 'BLOCK_NOT_CANONICAL', {
      params: { link: view.name, why, remedy, block: block.text },
      evidence: [blockEvidence(view, block)],
      severity: block.from === 'spec' ? 'error' : 'warning',
    });
  }
  if (missing !== undefined) {
    yield unsure(aboutLink(view), 'ALLOWLIST_NOT_READ', { link: view.name }, missing);
  } else if (blocks.length > 0 && wrong.length === 0) {
    yield holds(input, aboutLink(view), 'ALLOWLIST_CANONICAL', () => ({
      params: { link: view.name },
      evidence: blocks.map((block) => blockEvidence(view, block)),
    }));
  }
}
