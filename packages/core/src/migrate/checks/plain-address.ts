import { stating, type Judgement } from '../../findings/statement.js';
import type { migratePlainAddressWords } from './words/plain-address.words.js';
import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationInput } from '../migration-input.js';
import { useEvidence, useText } from '../../world/uses/gateway-uses.js';
import { standsInSubnets } from '../../world/link-facts.js';

const { fails } = stating<(typeof migratePlainAddressWords)['says']>();

/** `migrate/plain-address`. */
export const migratePlainAddress: Judgement<MigrationInput> = {
  id: 'migrate/plain-address',
  severity: 'error',
  *run({ to, backends, gateway }) {
    if (to.link !== undefined && standsInSubnets(to)) return;
    for (const { name, uses } of backends) {
      const [use] = uses.filter(({ targetId }) => targetId === undefined);
      if (use === undefined) continue;
      yield fails(aboutGateway(gateway, thing('backend', name)), 'NO_AUTHORIZATION', {
        params: { useText: useText(use), name, linkId: to.link?.id, use: use.name },
        evidence: useEvidence(uses),
      });
    }
  },
};
