import { thing } from '../../../do/findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import type { LinkState } from '../../../do/model/link.js';
import type { LinkView } from '../../../do/world/views.js';
import { fewText } from '../../../ground/text/few-text.js';
import { kindTraitsOf } from '../../../do/world/link-facts.js';
import { migrationCheck } from '../migration-check.js';

/** `migrate/ready`. */
export const migrateReady = migrationCheck({
  id: 'migrate/ready',
  severity: 'error',
  title: 'The link to move to is ready',
  about:
    'An integration that uses a link that is not ready answers with errors. A state that the cloud does not ' +
    'document is unknown.',
  back: 'also',
  codes: ['READY', 'STATE_NOT_KNOWN', 'NOT_READY'],
  *run({ gateway, to }, say) {
    if (to.link === undefined) return; // the call reports a link that does not exist as an error
    const { id, state, nativeState, reason, settings } = to.link;
    // Other checks report a pending traffic switch and an INACTIVE link.
    if ((state === 'inactive' && kindTraitsOf(to).fallsInactive === true) || settings?.switchPending === true) return;
    const about = aboutGateway(gateway, thing('link', id));
    const evidence = [{ kind: 'link', id, text: nativeState }];
    if (state === 'ready') {
      yield say.pass(
        about,
        'READY',
        () => ({ id, nativeState }),
        (p) => ({ message: `${p.id} is ${p.nativeState}`, evidence }),
      );
    } else if (state === 'unknown') {
      const what = `the meaning of state ${JSON.stringify(nativeState)} of ${id}`;
      const remedy = `Check the state of ${id} in the console, and validate the move again once it is ready.`;
      yield say.unknown(about, 'STATE_NOT_KNOWN', { id }, { what, remedy }, (p) => ({
        whether: `${p.id} is ready`,
        evidence,
      }));
    } else {
      yield say.fail(
        about,
        'NOT_READY',
        {
          id,
          stateText: WORDS[state],
          nativeState,
          reason,
          isSaid: reason?.includes(nativeState) === true,
          state,
          others: readyBeside(to),
        },
        (p) => ({
          message: `${p.id} is ${p.stateText} (${p.nativeState})${p.reason === undefined || p.isSaid ? '' : `: ${p.reason}`}`,
          remedy: p.state === 'pending' ? 'Wait until it is ready, then validate the move again.' : elsewhere(p.others),
          evidence,
        }),
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

function elsewhere(others: readonly string[]): string {
  return others.length === 0
    ? 'Create another link, then move to it.'
    : `Move to another link: ${fewText(others)}, or one that you create.`;
}

const WORDS: Readonly<Record<Exclude<LinkState, 'ready' | 'unknown'>, string>> = {
  pending: 'not ready',
  inactive: 'inactive',
  failed: 'in a failed state and does not recover',
  deleting: 'being deleted',
};
