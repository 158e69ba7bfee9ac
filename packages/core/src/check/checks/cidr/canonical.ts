import { fail, pass, unknown } from '../../../do/findings/say.js';
import { part, aboutLink, aboutTarget } from '../../../do/findings/subject.js';
import { accessibleOf, blockEvidence, readCanonical } from './accessible.js';
import { defineCheck } from '../define-check.js';

export const canonical = defineCheck({
  id: 'cidr/canonical',
  severity: 'error',
  title: 'CIDR blocks are in canonical form',
  about:
    'Programs read a block with host bits (10.0.0.1/24), leading zeros or a missing length differently: some refuse it, some rewrite ' +
    'it, some read octal numbers. In a spec such a block is an error. On the cloud it works as the cloud reads it, and is a warning. ' +
    'The other checks of this family skip blocks that are not canonical.',
  sources: ['https://www.rfc-editor.org/rfc/rfc4632#section-3.1', 'https://www.rfc-editor.org/rfc/rfc5952'],
  codes: {
    ADMITS_NOT_CANONICAL: fail(
      'integrations.{integration}.targets.{target}.admits contains a block that is not canonical: {why}',
      '[{remedy}|Correct {quoted} in integrations.{integration}.targets.{target}.admits.]',
    ),
    ADMITS_CANONICAL: pass('the blocks of integrations.{integration}.targets.{target}.admits are canonical'),
    BLOCK_NOT_CANONICAL: fail(
      'the allowlist of link {link} contains a block that is not canonical: {why}',
      '[{remedy}|Correct {quoted} in links.{link}.allowlist.]',
    ),
    ALLOWLIST_NOT_READ: unknown('the blocks of the allowlist of link {link} are canonical'),
    ALLOWLIST_CANONICAL: pass('the blocks of the allowlist of link {link} are canonical'),
  },
  *run(input, say) {
    for (const view of input.links) {
      const { blocks, missing } = accessibleOf(view);
      const wrong = blocks.filter(({ prefix }) => prefix === undefined);
      const on = { link: view.name };
      for (const block of wrong) {
        const { why = 'not a CIDR block', remedy } = readCanonical(block.text) ?? {};
        yield say.BLOCK_NOT_CANONICAL(
          aboutLink(view, part('block', block.text)),
          { ...on, why, remedy, block: block.text },
          {
            evidence: [blockEvidence(view, block)],
            severity: block.from === 'spec' ? 'error' : 'warning',
            words: { quoted: JSON.stringify(block.text) },
          },
        );
      }
      if (missing !== undefined) yield say.ALLOWLIST_NOT_READ(aboutLink(view), on, missing);
      else if (blocks.length > 0 && wrong.length === 0) {
        const evidence = blocks.map((block) => blockEvidence(view, block));
        yield say.ALLOWLIST_CANONICAL(aboutLink(view), on, evidence);
      }
    }
    for (const integration of input.integrations) {
      for (const target of integration.targets) {
        const { admits } = target.spec;
        if (admits === undefined) continue;

        const about = aboutTarget(integration, target, part('admits', 'admits'));
        const on = { integration: integration.name, target: target.name };
        const spec = { kind: 'spec', id: `integrations.${on.integration}.targets.${on.target}.admits` };
        const wrong = admits.flatMap((text) => {
          const why = readCanonical(text);
          return why === undefined ? [] : [{ text, ...why }];
        });
        const [first] = wrong;
        if (first === undefined) {
          yield say.ADMITS_CANONICAL(about, on, [{ ...spec, text: admits.join(', ') }]);
          continue;
        }

        const { why, remedy, text: block } = first;
        const evidence = wrong.map((one) => ({ ...spec, text: `${one.text}: ${one.why}` }));
        const params = { ...on, why, remedy, block };
        yield say.ADMITS_NOT_CANONICAL(about, params, { evidence, words: { quoted: JSON.stringify(block) } });
      }
    }
  },
});
