import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateCustomDomainWords } from './words/custom-domain.words.js';
import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { domainsOf } from '../gateway-domains.js';
import type { MigrationInput } from '../migration-input.js';

const { fails, holds } = stating<(typeof migrateCustomDomainWords)['says']>();

/** `migrate/custom-domain`. */
export const migrateCustomDomain: Judgement<MigrationInput> = {
  id: 'migrate/custom-domain',
  severity: 'error',
  *run({ check, gateway }) {
    for (const { name, byCname } of domainsOf(gateway.settings?.domains, 'custom')) {
      const about = aboutGateway(gateway, thing('domain', name));
      const evidence = [
        { kind: 'domain', id: name, text: byCname === true ? 'CNAME' : byCname === false ? 'no CNAME' : 'not known' },
      ];
      if (byCname === true) yield holds(check, about, 'FOLLOWS', () => ({ params: { name }, evidence }));
      else if (byCname === undefined) {
        yield {
          verdict: 'unknown',
          severity: 'warning',
          ...about,
          evidence,
          code: 'RECORD_NOT_KNOWN',
          params: { name },
        };
      } else {
        yield fails(about, 'STAYS_BEHIND', {
          params: { name, publicDomain: domainsOf(gateway.settings?.domains, 'public')[0]?.name },
          evidence,
        });
      }
    }
  },
};
