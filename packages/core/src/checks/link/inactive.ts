import { stating, type Judgement } from '../../findings/statement.js';
import type { linkInactiveWords } from './words/inactive.words.js';
import { kindTraitsOf, unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { linkEvidence } from '../../findings/evidence.js';
import { linkMending } from '../link-mending.js';

const { fails, holds, unsure } = stating<(typeof linkInactiveWords)['says']>();

/** `link/inactive`. */
export const linkInactive: Judgement = {
  id: 'link/inactive',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      const { link } = view;
      if (kindTraitsOf(view).fallsInactive !== true) continue;
      const unread = unseen(view);
      if (unread !== undefined) yield unsure(aboutLink(view), 'LINK_NOT_READ', { link: view.name }, unread);
      if (link === undefined) continue;
      if (link.state !== 'ready' && link.state !== 'inactive') continue;
      const evidence = [linkEvidence(link)];
      if (link.state === 'ready') {
        yield holds(input, aboutLink(view), 'ACTIVE', () => ({
          params: { link: view.name, linkId: link.id },
          evidence,
        }));
        continue;
      }
      const mendedBy = linkMending(view, input.now);
      yield fails(aboutLink(view), 'INACTIVE', { params: { link: view.name, linkId: link.id }, evidence, mendedBy });
    }
  },
};
