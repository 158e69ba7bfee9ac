import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateLockedWords } from './words/locked.words.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationInput } from '../migration-input.js';

const { fails, holds } = stating<(typeof migrateLockedWords)['says']>();

/** `migrate/locked`. */
export const migrateLocked: Judgement<MigrationInput> = {
  id: 'migrate/locked',
  severity: 'error',
  *run({ check, gateway }) {
    const about = aboutGateway(gateway);
    const { id, locked } = gateway;
    if (locked === undefined) {
      yield holds(check, about, 'NOT_LOCKED', () => ({ params: { id }, evidence: [] }));
      return;
    }
    yield fails(about, 'LOCKED', {
      params: { id, locked },
      evidence: [{ kind: 'gateway', id, text: `locked: ${locked}` }],
    });
  },
};
