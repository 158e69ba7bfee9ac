import { fail, pass, unknown } from '../../../do/findings/say.js';
import { unseen } from '../../../do/world/link-facts.js';
import { aboutLink } from '../../../do/findings/subject.js';
import { linkEvidence } from '../../../do/findings/evidence.js';
import { linkMending } from '../link-mending.js';
import { soldOut } from '../sale.js';
import { defineCheck } from '../define-check.js';

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
  codes: {
    LINK_NOT_READ: unknown('link {name} is ready'),
    READY: pass('[if hasLink: link {name} ({linkId})|{linkId}, which carries the mark of link {name},] is ready'),
    STATE_NOT_KNOWN: unknown('link {name} carries calls'),
    NOT_READY: fail(
      'link {name} ({linkId}) is [if state=pending: not ready yet|if state=failed: failed and does not recover|being deleted][: {reason}]',
      [
        'if state=pending: Wait some minutes until the link is ready, then check again.',
        'if soldOut: Write the ID of an instance that is ready as links.{name}.id (new instances are no longer sold), or move to {successor|the product that the provider offers instead}.',
        'if isNamed: Write the ID of a link that is ready as links.{name}.id. Or remove the id and write subnets, then run `postern apply`, which creates a new link.',
        // A plan keeps a failed link unless the user asks to replace it: the same cause may make the next one fail.
        'if state=failed: Remove the cause, then run `postern apply --replace-failed` (in a program `replaceFailed: true`). It creates a new link, moves the routes, and deletes this link unless it would have to be bought again.',
        'Run `postern apply`: it creates a new link and moves the routes to it.',
      ],
      undefined,
      [
        'if state=pending: Wait some minutes until the link is ready, then check again.',
        'if soldOut: Use an instance that is ready, or move to {successor|the product that the provider offers instead}.',
        'if state=failed: Remove the cause, then replace the link.',
        'Use a link that is ready, or create another one.',
      ],
    ),
  },
  *run(input, say) {
    for (const view of input.links) {
      // Whether a link of this project is kept or replaced, its state is the one that was read. A new link
      // has no state and cannot fail here.
      const ours = view.likely ?? view.replaced;
      const link = view.link ?? (ours?.state === 'ready' ? ours : undefined);
      const unread = link === undefined ? unseen(view) : undefined;
      if (unread !== undefined) yield say.LINK_NOT_READ(aboutLink(view), { name: view.name }, unread);
      if (link === undefined || link.state === 'inactive') continue;

      const about = aboutLink(view);
      const evidence = [linkEvidence(link)];
      if (link.state === 'ready') {
        yield say.READY(about, { hasLink: view.link !== undefined, linkId: link.id, name: view.name }, evidence);
      } else if (link.state === 'unknown') {
        const what = `the meaning of ${JSON.stringify(link.nativeState)}, the state of ${link.id},`;
        const remedy = `Check ${link.id} in the cloud's console, and take the snapshot again once it is ready.`;
        yield say.STATE_NOT_KNOWN(about, { name: view.name }, { what, remedy }, evidence);
      } else {
        const sale = soldOut(view, input.now);
        yield say.NOT_READY(
          about,
          {
            name: view.name,
            linkId: link.id,
            state: link.state,
            reason: link.reason,
            soldOut: sale,
            isNamed: view.spec.id !== undefined || view.spec.owner === 'external',
          },
          {
            evidence,
            severity: link.state === 'pending' ? 'warning' : 'error',
            mendedBy: linkMending(view, input.now),
            words: { successor: sale?.successor },
          },
        );
      }
    }
  },
});
