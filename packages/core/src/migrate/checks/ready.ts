import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateReadyWords } from './words/ready.words.js';
import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import type { LinkState } from '../../model/link.js';
import type { MigrationInput } from '../migration-input.js';
import { kindTraitsOf } from '../../world/link-facts.js';

const { fails, holds, unsure } = stating<(typeof migrateReadyWords)['says']>();

/** `migrate/ready`. */
export const migrateReady: Judgement<MigrationInput> = {
  id: 'migrate/ready',
  severity: 'error',
  *run({ check, gateway, to }) {
    if (to.link === undefined) return; // the call reports a link that does not exist as an error
    const { id, state, nativeState, reason, settings } = to.link;
    // Other checks report a pending traffic switch and an INACTIVE link.
    if ((state === 'inactive' && kindTraitsOf(to).fallsInactive === true) || settings?.switchPending === true) return;
    const about = aboutGateway(gateway, thing('link', id));
    const evidence = [{ kind: 'link', id, text: nativeState }];
    if (state === 'ready') {
      yield holds(check, about, 'READY', () => ({ params: { id, nativeState }, evidence }));
    } else if (state === 'unknown') {
      const what = `the meaning of state ${JSON.stringify(nativeState)} of ${id}`;
      const remedy = `Check the state of ${id} in the console, and validate the move again once it is ready.`;
      yield unsure(about, 'STATE_NOT_KNOWN', { id }, { what, remedy }, { evidence });
    } else {
      yield fails(about, 'NOT_READY', {
        params: {
          id,
          stateText: WORDS[state],
          nativeState,
          reason,
          isSaid: reason?.includes(nativeState) === true,
          state,
        },
        evidence,
      });
    }
  },
};

const WORDS: Readonly<Record<Exclude<LinkState, 'ready' | 'unknown'>, string>> = {
  pending: 'not ready',
  inactive: 'inactive',
  failed: 'in a failed state and does not recover',
  deleting: 'being deleted',
};
