import type { LinkState } from '../../model/link.js';
import type { LinkView } from '../../world/views.js';
import type { Check } from '../../findings/check.js';
import { unseen } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { linkEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { insteadOfNew, isOnSale } from '../sale.js';

/** `link/state`. An inactive link is the business of `link/inactive`. */
export const linkState: Check = {
  id: 'link/state',
  title: 'The link is ready',
  severity: 'error',
  about:
    'A link carries calls only while it is ready. One that has failed never recovers: it has to be deleted and made again. One ' +
    'that is being made (or changed) takes minutes, and calls fail until then. A state that nobody documented is unknown, never fine. ' +
    'Where apply would make a new link in place of one with the mark of this project, that one is judged while it is ready.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://repost.aws/knowledge-center/api-gateway-500-error-vpc',
  ],
  *run(input) {
    for (const view of input.links) {
      // Whether a link of ours stays or is replaced, its state is what was read; a new one has none yet, and cannot fail here.
      const ours = view.likely ?? view.replaced;
      const link = view.link ?? (ours?.state === 'ready' ? ours : undefined);
      const unread = link === undefined ? unseen(view) : undefined;
      if (unread !== undefined) yield unsure(aboutLink(view), `link ${view.name} is ready`, unread);
      if (link === undefined || link.state === 'inactive') continue;
      const about = aboutLink(view);
      const evidence = [linkEvidence(link)];
      if (link.state === 'ready') {
        const text =
          view.link === undefined
            ? `${link.id}, which carries the mark of link ${view.name},`
            : `link ${view.name} (${link.id})`;
        yield holds(input, about, () => ({ message: `${text} is ready`, evidence }));
      } else if (link.state === 'unknown') {
        const what = `what ${JSON.stringify(link.nativeState)}, the state of ${link.id}, means`;
        const remedy = `Look at ${link.id} in the cloud's console, and take the snapshot again once it is ready.`;
        yield unsure(about, `link ${view.name} carries calls`, { what, remedy }, { evidence });
      } else {
        const reason = link.reason === undefined ? '' : `: ${link.reason}`;
        yield fails(about, {
          message: `link ${view.name} (${link.id}) is ${WORDS[link.state]}${reason}`,
          evidence,
          remedy: remedyFor(view, link.state, input.now),
          severity: link.state === 'pending' ? 'warning' : 'error',
        });
      }
    }
  },
};

const WORDS: Readonly<Record<Exclude<LinkState, 'ready' | 'inactive' | 'unknown'>, string>> = {
  pending: 'not ready yet',
  failed: 'failed and never recovers',
  deleting: 'being deleted',
};

function remedyFor(view: LinkView, state: LinkState, now: number): string {
  if (state === 'pending') return 'Wait some minutes until it is ready, then check again.';
  if (!isOnSale(view, now)) {
    const text = insteadOfNew(view, 'one that is ready');
    return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}.`;
  }
  if (view.spec.id !== undefined || view.spec.owner === 'external') {
    return `Name a link that is ready as links.${view.name}.id, or remove the id and write subnets to have a new one made.`;
  }
  // A plan keeps a failed link unless it is asked to replace it: what made it fail may make the next one fail, too.
  return state === 'failed'
    ? 'Remove its cause, then run `postern apply --replace-failed` (in a program `replaceFailed: true`): it makes a new link and moves the routes, and deletes this one unless it would have to be bought again.'
    : 'Run `postern apply`: it makes a new link and moves the routes there.';
}
