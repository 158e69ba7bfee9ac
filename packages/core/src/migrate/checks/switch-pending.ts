import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateSwitchPendingWords } from './words/switch-pending.words.js';
import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationInput } from '../migration-input.js';

const { fails, holds } = stating<(typeof migrateSwitchPendingWords)['says']>();

/** `migrate/switch-pending`. */
export const migrateSwitchPending: Judgement<MigrationInput> = {
  id: 'migrate/switch-pending',
  severity: 'error',
  *run({ check, gateway, from, to }) {
    for (const view of [from, to]) {
      if (view?.link === undefined) continue;
      const { id, nativeState, settings } = view.link;
      const about = aboutGateway(gateway, thing('instance', id));
      const evidence = [{ kind: 'link', id, text: nativeState }];
      if (settings?.switchPending !== true) {
        yield holds(check, about, 'NO_SWITCH', () => ({ params: { id, nativeState }, evidence }));
        continue;
      }
      yield fails(about, 'SWITCH_PENDING', { params: { id }, evidence });
    }
  },
};
