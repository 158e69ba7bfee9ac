import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateRefusedWords } from './words/refused.words.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationInput } from '../migration-input.js';
import { unreadSettings } from '../unread-settings.js';

const { fails, holds, unsure } = stating<(typeof migrateRefusedWords)['says']>();

/** `migrate/refused`. */
export const migrateRefused: Judgement<MigrationInput> = {
  id: 'migrate/refused',
  severity: 'error',
  *run(input) {
    const { check, gateway } = input;
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    if (unread !== undefined) {
      yield unsure(about, 'REFUSAL_NOT_READ', {}, unread);
      return;
    }
    if (gateway.settings?.marketplace !== true) {
      yield holds(check, about, 'NOT_REFUSED', () => ({ params: {}, evidence: [] }));
      return;
    }
    yield fails(about, 'ON_MARKETPLACE', {
      params: { gateway: gateway.id },
      evidence: [{ kind: 'gateway', id: gateway.id, text: 'CloudMarketCommodity' }],
    });
  },
};
