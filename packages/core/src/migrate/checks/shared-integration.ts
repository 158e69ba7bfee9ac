import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateSharedIntegrationWords } from './words/shared-integration.words.js';
import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationInput } from '../migration-input.js';
import { keysOf, movedIntegrations } from '../moved-integrations.js';
import { listed } from '../../text/listed.js';

const { fails, holds } = stating<(typeof migrateSharedIntegrationWords)['says']>();

/** `migrate/shared-integration`. */
export const migrateSharedIntegration: Judgement<MigrationInput> = {
  id: 'migrate/shared-integration',
  severity: 'warning',
  *run(input) {
    const { check, gateway, to } = input;
    for (const { id, moved, alike } of movedIntegrations(input)) {
      const about = aboutGateway(gateway, thing('integration', id));
      const evidence = [
        { kind: 'integration', id, text: `used by ${listed(keysOf([...moved, ...alike]))}` },
        ...moved.slice(0, 10).map((route) => ({ kind: 'route', id: route.id, text: `${route.key} is to move` })),
        ...alike
          .slice(0, 10)
          .map((route) => ({ kind: 'route', id: route.id, text: `${route.key} would move with it` })),
      ];
      if (alike.length === 0) {
        yield holds(check, about, 'ALL_ROUTES_MOVE', () => ({ params: { id, moved: keysOf(moved) }, evidence }));
        continue;
      }
      yield fails(about, 'SHARED_WITH_OTHERS', {
        params: { moved: keysOf(moved), id, others: keysOf(alike), linkId: to.link?.id },
        evidence,
      });
    }
  },
};
