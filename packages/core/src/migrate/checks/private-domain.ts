import { stating, type Judgement } from '../../findings/statement.js';
import type { migratePrivateDomainWords } from './words/private-domain.words.js';
import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { isAddress } from '../../kinds/private-host.js';
import type { MigrationInput } from '../migration-input.js';
import { useEvidence, useText } from '../../world/uses/gateway-uses.js';

const { fails, holds, unsure } = stating<(typeof migratePrivateDomainWords)['says']>();

/** `migrate/private-domain`. */
export const migratePrivateDomain: Judgement<MigrationInput> = {
  id: 'migrate/private-domain',
  severity: 'error',
  *run({ check, region, to, backends, gateway }) {
    const names = new Map((region.region.privateDomains ?? []).map((domain) => [domain.name, domain] as const));
    const missing = region.missing('privateDomains');
    for (const { uses } of backends) {
      const [use] = uses;
      const { host } = use ?? {};
      if (use === undefined || host === undefined || isAddress(host)) continue;
      const about = aboutGateway(gateway, thing('private domain', host));
      const domain = names.get(host);
      if (missing !== undefined) yield unsure(about, 'RECORDS_NOT_READ', { linkId: to.link?.id, host }, missing);
      else if (domain?.linkIds.includes(to.link?.id ?? '') === true) {
        yield holds(check, about, 'RECORD_KNOWN', () => ({
          params: { linkId: to.link?.id, host },
          evidence: useEvidence(uses),
        }));
      } else if (domain !== undefined) {
        yield fails(about, 'RECORD_LACKING', {
          params: { useText: useText(use), host, linkId: to.link?.id },
          evidence: [
            { kind: 'private name', id: host, text: `attached to ${domain.linkIds.join(', ') || 'no instance'}` },
            ...useEvidence(uses),
          ],
        });
      }
    }
  },
};
