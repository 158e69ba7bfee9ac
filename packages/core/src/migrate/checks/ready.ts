import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateReadyWords } from './ready.words.js';
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
    if (to.link === undefined) return; // that it is not there is an error of the call
    const { id, state, nativeState, reason, settings } = to.link;
    // What waits for a switch, and a link that fell asleep, are said by checks of their own.
    if ((state === 'inactive' && kindTraitsOf(to).fallsInactive === true) || settings?.switchPending === true) return;
    const about = aboutGateway(gateway, thing('link', id));
    const evidence = [{ kind: 'link', id, text: nativeState }];
    if (state === 'ready') {
      yield holds(check, about, 'READY', () => ({ params: { id, nativeState }, evidence }));
    } else if (state === 'unknown') {
      const what = `what ${JSON.stringify(nativeState)}, the state of ${id}, means`;
      const remedy = `Look at ${id} in the console, and look again once it is ready.`;
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
  pending: 'not ready yet',
  inactive: 'asleep',
  failed: 'failed and never recovers',
  deleting: 'being deleted',
};
