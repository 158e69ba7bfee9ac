import { unseen } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/about.js';
import { linkEvidence } from '../../../do/findings/evidence.js';
import { linkMending } from '../link-mending.js';
import { soldOut } from '../sale.js';
import { defineCheck } from '../define-check.js';
import { insteadOfNew, sentence, type SoldOut } from '../sale.words.js';

const STATES = {
  pending: 'not ready yet',
  failed: 'failed and does not recover',
  deleting: 'being deleted',
} as const;

/** `link/state`. `link/inactive` reports inactive links. */
export const linkState = defineCheck({
  id: 'link/state',
  severity: 'error',
  title: 'The link is ready',
  about:
    'A link carries calls only while it is ready. A link that has failed never recovers: it has to be deleted and created again. A ' +
    'link that is being created or changed takes minutes, and calls fail until then. The verdict for a state that is not documented ' +
    'is unknown. If `postern apply` would replace a link with the mark of this project by a new one, the check evaluates the existing ' +
    'link while it is ready.',
  codes: ['LINK_NOT_READ', 'READY', 'STATE_NOT_KNOWN', 'NOT_READY'],
  *run(input, say) {
    for (const view of input.links) {
      // Whether a link of this project is kept or replaced, its state is the one that was read. A new link
      // has no state and cannot fail here.
      const ours = view.likely ?? view.replaced;
      const link = view.link ?? (ours?.state === 'ready' ? ours : undefined);
      const unread = link === undefined ? unseen(view) : undefined;
      if (unread !== undefined)
        yield say.unknown(
          aboutLink(view),
          'LINK_NOT_READ',
          { name: view.name },
          unread,
          (p) => `link ${p.name} is ready`,
        );
      if (link === undefined || link.state === 'inactive') continue;
      const about = aboutLink(view);
      const evidence = [linkEvidence(link)];
      if (link.state === 'ready') {
        yield say.pass(
          about,
          'READY',
          () => ({ hasLink: view.link !== undefined, linkId: link.id, name: view.name }),
          (p) => ({
            message: `${!p.hasLink ? `${p.linkId}, which carries the mark of link ${p.name},` : `link ${p.name} (${p.linkId})`} is ready`,
            evidence,
          }),
        );
      } else if (link.state === 'unknown') {
        const what = `the meaning of ${JSON.stringify(link.nativeState)}, the state of ${link.id},`;
        const remedy = `Check ${link.id} in the cloud's console, and take the snapshot again once it is ready.`;
        yield say.unknown(about, 'STATE_NOT_KNOWN', { name: view.name }, { what, remedy }, (p) => ({
          whether: `link ${p.name} carries calls`,
          evidence,
        }));
      } else {
        yield say.fail(
          about,
          'NOT_READY',
          {
            name: view.name,
            linkId: link.id,
            state: link.state,
            reason: link.reason,
            soldOut: soldOut(view, input.now),
            isNamed: view.spec.id !== undefined || view.spec.owner === 'external',
          },
          (params) => {
            const { name, linkId, state, reason } = params;
            return {
              message: `link ${name} (${linkId}) is ${STATES[state]}${reason === undefined ? '' : `: ${reason}`}`,
              remedy: remedyFor(params),
              evidence,
              severity: link.state === 'pending' ? 'warning' : 'error',
              mendedBy: linkMending(view, input.now),
            };
          },
        );
      }
    }
  },
});

interface NotReady {
  readonly name: string;
  readonly linkId: string;
  readonly state: keyof typeof STATES;
  readonly reason?: string | undefined;
  readonly soldOut?: SoldOut | undefined;
  /** Whether the spec names the link by its ID, or does not own it. */
  readonly isNamed: boolean;
}

function remedyFor({ name, state, soldOut, isNamed }: NotReady): string {
  if (state === 'pending') return 'Wait some minutes until the link is ready, then check again.';
  if (soldOut !== undefined) return `${sentence(insteadOfNew(soldOut, 'an instance that is ready'))}.`;
  if (isNamed) {
    return `Write the ID of a link that is ready as links.${name}.id. Or remove the id and write subnets, then run \`postern apply\`, which creates a new link.`;
  }
  // A plan keeps a failed link unless the user asks to replace it: the same cause may make the next one fail.
  return state === 'failed'
    ? 'Remove the cause, then run `postern apply --replace-failed` (in a program `replaceFailed: true`). It creates a new link, moves the routes, and deletes this link unless it would have to be bought again.'
    : 'Run `postern apply`: it creates a new link and moves the routes to it.';
}
