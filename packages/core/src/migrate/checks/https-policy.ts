import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateHttpsPolicyWords } from './words/https-policy.words.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationInput } from '../migration-input.js';
import { unknownSetting } from '../unread-settings.js';

const { fails, holds, unsure } = stating<(typeof migrateHttpsPolicyWords)['says']>();

/** `migrate/https-policy`. */
export const migrateHttpsPolicy: Judgement<MigrationInput> = {
  id: 'migrate/https-policy',
  severity: 'warning',
  *run(input) {
    const { check, gateway, to } = input;
    const [old, next] = [gateway.settings?.httpsPolicy, to.link?.settings?.httpsPolicy];
    const about = aboutGateway(gateway);
    if (old === undefined || next === undefined) {
      yield unsure(about, 'POLICY_NOT_READ', {}, unknownSetting(input, 'the HTTPS policy', old));
      return;
    }
    const evidence = [
      { kind: 'gateway', id: gateway.id, text: `HTTPS policy ${old}` },
      { kind: 'link', id: to.link?.id ?? '', text: `HTTPS policy ${next}` },
    ];
    if (old === next) {
      yield holds(check, about, 'SAME_POLICY', () => ({ params: { old }, evidence }));
      return;
    }
    yield fails(about, 'POLICY_CHANGES', { params: { old, next }, evidence });
  },
};
