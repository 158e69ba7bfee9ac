import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateUnderWayWords } from './words/under-way.words.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationInput } from '../migration-input.js';
import { unreadSettings } from '../unread-settings.js';

const { fails, holds, unsure } = stating<(typeof migrateUnderWayWords)['says']>();

/** `migrate/under-way`. */
export const migrateUnderWay: Judgement<MigrationInput> = {
  id: 'migrate/under-way',
  severity: 'error',
  *run(input) {
    const { check, gateway } = input;
    const { migration } = gateway.settings ?? {};
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    if (unread !== undefined) {
      yield unsure(about, 'STATE_NOT_READ', {}, unread);
      return;
    }
    const evidence = migration === undefined ? [] : [{ kind: 'migration', id: gateway.id, text: migration.state }];
    if (migration?.running !== true) {
      yield holds(check, about, 'NOT_UNDER_WAY', () => ({ params: {}, evidence }));
      return;
    }
    yield fails(about, 'UNDER_WAY', { params: { gateway: gateway.id, state: migration.state }, evidence });
  },
};
