import { part } from '../../../do/findings/subject.js';
import type { LinkView } from '../../../do/world/views.js';
import { aboutLink, aboutTarget } from '../../../do/findings/about.js';
import { accessibleOf, blockEvidence, readCanonical } from './accessible.js';
import { defineCheck } from '../define-check.js';
import type { Say } from '../../../do/findings/say-text.js';
import type { Outcome } from '../../../do/findings/check.js';

/** `cidr/canonical`. */
export const canonical = defineCheck({
  id: 'cidr/canonical',
  severity: 'error',
  title: 'CIDR blocks are in canonical form',
  about:
    'Programs read a block with host bits (10.0.0.1/24), leading zeros or a missing length differently: some refuse it, some rewrite ' +
    'it, some read octal numbers. In a spec such a block is an error. On the cloud it works as the cloud reads it, and is a warning. ' +
    'The other checks of this family skip blocks that are not canonical.',
  sources: ['https://www.rfc-editor.org/rfc/rfc4632#section-3.1', 'https://www.rfc-editor.org/rfc/rfc5952'],
  codes: [
    'ADMITS_NOT_CANONICAL',
    'ADMITS_CANONICAL',
    'BLOCK_NOT_CANONICAL',
    'ALLOWLIST_NOT_READ',
    'ALLOWLIST_CANONICAL',
  ],
  *run(input, say) {
    for (const view of input.links) yield* ofLink(say, view);
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
          yield say.fail(
            about,
            'ADMITS_NOT_CANONICAL',
            {
              integration: integration.name,
              target: target.name,
              why: first.why,
              remedy: first.remedy,
              block: first.text,
            },
            (p) => ({
              message: `integrations.${p.integration}.targets.${p.target}.admits contains a block that is not canonical: ${p.why}`,
              remedy:
                p.remedy ??
                `Correct ${JSON.stringify(p.block)} in integrations.${p.integration}.targets.${p.target}.admits.`,
              evidence: wrong.map(({ text, why }) => ({ kind: 'spec', id: place, text: `${text}: ${why}` })),
            }),
          );
        } else {
          yield say.pass(
            about,
            'ADMITS_CANONICAL',
            () => ({ integration: integration.name, target: target.name }),
            (p) => ({
              message: `the blocks of integrations.${p.integration}.targets.${p.target}.admits are canonical`,
              evidence: [{ kind: 'spec', id: place, text: admits.join(', ') }],
            }),
          );
        }
      }
    }
  },
});

function* ofLink(say: Say, view: LinkView): Iterable<Outcome> {
  const { blocks, missing } = accessibleOf(view);
  const wrong = blocks.filter(({ prefix }) => prefix === undefined);
  for (const block of wrong) {
    const { why = 'not a CIDR block', remedy } = readCanonical(block.text) ?? {};
    yield say.fail(
      aboutLink(view, part('block', block.text)),
      'BLOCK_NOT_CANONICAL',
      { link: view.name, why, remedy, block: block.text },
      (p) => ({
        message: `the allowlist of link ${p.link} contains a block that is not canonical: ${p.why}`,
        remedy: p.remedy ?? `Correct ${JSON.stringify(p.block)} in links.${p.link}.allowlist.`,
        evidence: [blockEvidence(view, block)],
        severity: block.from === 'spec' ? 'error' : 'warning',
      }),
    );
  }
  if (missing !== undefined) {
    yield say.unknown(
      aboutLink(view),
      'ALLOWLIST_NOT_READ',
      { link: view.name },
      missing,
      (p) => `the blocks of the allowlist of link ${p.link} are canonical`,
    );
  } else if (blocks.length > 0 && wrong.length === 0) {
    yield say.pass(
      aboutLink(view),
      'ALLOWLIST_CANONICAL',
      () => ({ link: view.name }),
      (p) => ({
        message: `the blocks of the allowlist of link ${p.link} are canonical`,
        evidence: blocks.map((block) => blockEvidence(view, block)),
      }),
    );
  }
}
