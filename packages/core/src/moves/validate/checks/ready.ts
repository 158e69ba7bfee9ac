import { fail, pass, unknown } from '../../../do/findings/say.js';
import { thing } from '../../../do/findings/subject.js';
import { aboutGateway, migrationCheck } from '../migration.js';
import type { LinkState } from '../../../do/model/link.js';
import type { LinkView } from '../../../do/world/views.js';

export const migrateReady = migrationCheck({
  id: 'migrate/ready',
  severity: 'error',
  title: 'The link to move to is ready',
  about:
    'An integration that uses a link that is not ready answers with errors. A state that the cloud does not ' +
    'document is unknown.',
  back: 'also',
  codes: {
    READY: pass('{id} is {nativeState}'),
    STATE_NOT_KNOWN: unknown('{id} is ready'),
    NOT_READY: fail(
      '{id} is {stateText} ({nativeState})[if isSaid: |: {reason}]',
      '[if state=pending: Wait until it is ready, then validate the move again.|Move to another link: {others:few}, or one that you create.|Create another link, then move to it.]',
    ),
  },
  *run({ gateway, to }, say) {
    if (to.link === undefined) return; // the call reports a link that does not exist as an error

    const { id, state, nativeState, reason, settings } = to.link;
    // Other checks report a pending traffic switch and an INACTIVE link.
    if ((state === 'inactive' && to.traits.fallsInactive === true) || settings?.switchPending === true) return;

    const about = aboutGateway(gateway, thing('link', id));
    const evidence = [{ kind: 'link', id, text: nativeState }];
    if (state === 'ready') yield say.READY(about, { id, nativeState }, evidence);
    else if (state === 'unknown') {
      const what = `the meaning of state ${JSON.stringify(nativeState)} of ${id}`;
      const remedy = `Check the state of ${id} in the console, and validate the move again once it is ready.`;
      yield say.STATE_NOT_KNOWN(about, { id }, { what, remedy }, evidence);
    } else {
      yield say.NOT_READY(
        about,
        {
          id,
          stateText: WORDS[state],
          nativeState,
          reason,
          isSaid: reason?.includes(nativeState) === true,
          state,
          others: readyBeside(to),
        },
        evidence,
      );
    }
  },
});

/** The links beside one that are of its kind and ready. */
function readyBeside({ region, link }: LinkView): readonly string[] {
  return region.region.links.flatMap(({ id, kind, state }) =>
    id !== link?.id && kind === link?.kind && state === 'ready' ? [id] : [],
  );
}

const WORDS: Readonly<Record<Exclude<LinkState, 'ready' | 'unknown'>, string>> = {
  pending: 'not ready',
  inactive: 'inactive',
  failed: 'in a failed state and does not recover',
  deleting: 'being deleted',
};
