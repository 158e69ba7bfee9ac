import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateRateWords } from './words/rate.words.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationInput } from '../migration-input.js';
import { unknownSetting } from '../unread-settings.js';

const { fails, holds, unsure } = stating<(typeof migrateRateWords)['says']>();

/** `migrate/rate`. */
export const migrateRate: Judgement<MigrationInput> = {
  id: 'migrate/rate',
  severity: 'warning',
  *run(input) {
    const { check, gateway, to } = input;
    const [old, next] = [gateway.settings?.requestsPerSecond, to.link?.settings?.requestsPerSecond];
    const about = aboutGateway(gateway);
    if (old === undefined || next === undefined) {
      yield unsure(about, 'RATE_NOT_READ', {}, unknownSetting(input, 'the request limit', old));
      return;
    }
    const evidence = [
      { kind: 'gateway', id: gateway.id, text: `${old} requests per second` },
      {
        kind: 'link',
        id: to.link?.id ?? '',
        text: `${next} requests per second, for all groups of the instance together`,
      },
    ];
    if (next >= old) {
      yield holds(check, about, 'RATE_KEPT', () => ({ params: { next, old }, evidence }));
      return;
    }
    yield fails(about, 'RATE_FALLS', { params: { old, next }, evidence });
  },
};
