import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateNetworkWords } from './words/network.words.js';
import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationInput } from '../migration-input.js';
import { namesOf, useEvidence, usesText } from '../../world/uses/gateway-uses.js';
import { standsInSubnets } from '../../world/link-facts.js';

const { fails, holds, unsure } = stating<(typeof migrateNetworkWords)['says']>();

/** `migrate/network`. */
export const migrateNetwork: Judgement<MigrationInput> = {
  id: 'migrate/network',
  severity: 'error',
  *run({ check, to, backends, gateway }) {
    if (to.link === undefined || !standsInSubnets(to)) return;
    for (const { name, uses, target } of backends) {
      if (target === undefined || uses.length === 0) continue;
      const about = aboutGateway(gateway, thing('authorization', name));
      const own = target.networkId;
      if (own === undefined || to.networkId === undefined) {
        const what = `the VPC of ${own === undefined ? name : to.link.id}`;
        yield unsure(
          about,
          'NETWORK_NOT_READ',
          { name, linkId: to.link.id },
          { what, remedy: 'Take the snapshot again with `postern snapshot`.' },
        );
      } else if (own === to.networkId) {
        yield holds(check, about, 'SAME_NETWORK', () => ({ params: { name, own }, evidence: useEvidence(uses) }));
      } else {
        yield fails(about, 'OTHER_NETWORK', {
          params: {
            name,
            own,
            linkId: to.link.id,
            networkId: to.networkId,
            useText: usesText(uses),
            use: namesOf(uses),
          },
          evidence: [{ kind: 'authorization', id: name, text: `in ${own}` }, ...useEvidence(uses)],
        });
      }
    }
  },
};
