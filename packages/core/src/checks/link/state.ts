import { stating, type Judgement } from '../../findings/statement.js';
import type { linkStateWords } from './words/state.words.js';
import { unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { linkEvidence } from '../../findings/evidence.js';
import { linkMending } from '../link-mending.js';
import { soldOut } from '../sale.js';

const { fails, holds, unsure } = stating<(typeof linkStateWords)['says']>();

/** `link/state`. `link/inactive` reports inactive links. */
export const linkState: Judgement = {
  id: 'link/state',
  severity: 'error',
  *run(input) {
    for (const view of input.links) {
      // Whether a link of this project is kept or replaced, its state is the one that was read. A new link
      // has no state and cannot fail here.
      const ours = view.likely ?? view.replaced;
      const link = view.link ?? (ours?.state === 'ready' ? ours : undefined);
      const unread = link === undefined ? unseen(view) : undefined;
      if (unread !== undefined) yield unsure(aboutLink(view), 'LINK_NOT_READ', { name: view.name }, unread);
      if (link === undefined || link.state === 'inactive') continue;
      const about = aboutLink(view);
      const evidence = [linkEvidence(link)];
      if (link.state === 'ready') {
        yield holds(input, about, 'READY', () => ({
          params: { hasLink: view.link !== undefined, linkId: link.id, name: view.name },
          evidence,
        }));
      } else if (link.state === 'unknown') {
        const what = `the meaning of ${JSON.stringify(link.nativeState)}, the state of ${link.id},`;
        const remedy = `Check ${link.id} in the cloud's console, and take the snapshot again once it is ready.`;
        yield unsure(about, 'STATE_NOT_KNOWN', { name: view.name }, { what, remedy }, { evidence });
      } else {
        yield fails(about, 'NOT_READY', {
          params: {
            name: view.name,
            linkId: link.id,
            state: link.state,
            reason: link.reason,
            soldOut: soldOut(view, input.now),
            isNamed: view.spec.id !== undefined || view.spec.owner === 'external',
          },
          evidence,
          severity: link.state === 'pending' ? 'warning' : 'error',
          mendedBy: linkMending(view, input.now),
        });
      }
    }
  },
};
