import { stating, type Judgement } from '../../findings/statement.js';
import type { linkInstanceSpecWords } from './words/instance-spec.words.js';
import { LISTED_SPECS, specStanding } from '../../kinds/instance-specs.js';
import { isNew, kindTraitsOf, mayBeNew, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';

const { fails, holds, unsure } = stating<(typeof linkInstanceSpecWords)['says']>();

/** `link/instance-spec`. */
export const linkInstanceSpec: Judgement = {
  id: 'link/instance-spec',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      if (!mayBeNew(view) || !kindTraitsOf(view).settings.includes('spec')) continue;
      const about = aboutLink(view);
      const written = view.spec.native?.['spec'];
      const spec = typeof written === 'string' ? written : undefined;
      const text = spec ?? 'the smallest';
      const unread = unseen(view);
      if (unread !== undefined) yield unsure(about, 'SPECS_NOT_READ', { spec }, unread);
      if (!isNew(view)) continue;
      const evidence = [{ kind: 'spec', id: `links.${view.name}.spec`, text }];
      const remedy = `Write one of ${LISTED_SPECS.join(', ')} as links.${view.name}.spec.`;
      const standing = typeof written === 'string' ? specStanding(written) : 'listed';
      if (standing === 'listed') yield holds(input, about, 'SPEC_OFFERED', () => ({ params: { spec }, evidence }));
      else if (standing === 'none') {
        yield fails(about, 'SPEC_NOT_OFFERED', { params: { spec, link: view.name, listed: LISTED_SPECS }, evidence });
      } else
        yield unsure(about, 'SPECS_NOT_READ', { spec }, { what: `a page that lists ${text}`, remedy }, { evidence });
    }
  },
};
