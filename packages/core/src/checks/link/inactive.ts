import { stating, type Judgement } from '../../findings/statement.js';
import type { linkInactiveWords } from './inactive.words.js';
import { kindOf, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { linkEvidence } from '../../findings/evidence.js';

const { fails, holds, unsure } = stating<(typeof linkInactiveWords)['says']>();

/** `link/inactive`. */
export const linkInactive: Judgement = {
  id: 'link/inactive',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      const { link } = view;
      const unread = kindOf(view) === 'vpc-link-v2' ? unseen(view) : undefined;
      if (unread !== undefined) yield unsure(aboutLink(view), 'LINK_NOT_READ', { link: view.name }, unread);
      if (link === undefined || kindOf(view) !== 'vpc-link-v2') continue;
      if (link.state !== 'ready' && link.state !== 'inactive') continue;
      const evidence = [linkEvidence(link)];
      if (link.state === 'ready') {
        yield holds(input, aboutLink(view), 'ACTIVE', () => ({
          params: { link: view.name, linkId: link.id },
          evidence,
        }));
        continue;
      }
      yield fails(aboutLink(view), 'INACTIVE', { params: { link: view.name, linkId: link.id }, evidence });
    }
  },
};
