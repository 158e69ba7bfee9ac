import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { fails, holds } from '../../findings/outcome.js';
import { domainsOf } from '../gateway-domains.js';
import type { MigrationCheck } from '../migration-input.js';

/** `migrate/custom-domain`. */
export const migrateCustomDomain: MigrationCheck = {
  id: 'migrate/custom-domain',
  title: 'Custom domains follow the gateway',
  severity: 'error',
  about:
    "The move takes effect in DNS: the gateway's own domain leads to the target instance after one to ten minutes. A custom domain that points there by CNAME follows; one with an A " +
    'record stays at the old instance, which answers 410 (I410GG) once the old way has drained.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run({ check, gateway }) {
    for (const { name, byCname } of domainsOf(gateway.settings?.domains, 'custom')) {
      const about = aboutGateway(gateway, thing('domain', name));
      const evidence = [
        { kind: 'domain', id: name, text: byCname === true ? 'CNAME' : byCname === false ? 'no CNAME' : 'not known' },
      ];
      if (byCname === true) yield holds(check, about, () => ({ message: `${name} follows by its CNAME`, evidence }));
      else if (byCname === undefined) {
        yield {
          verdict: 'unknown',
          severity: 'warning',
          ...about,
          message: `nobody can say whether ${name} points to the gateway by CNAME`,
          evidence,
          remedy: `Look the name up: it must be a CNAME of the gateway's own domain.`,
        };
      } else {
        yield fails(about, {
          message: `${name} does not point to the gateway's own domain by CNAME, and stays behind`,
          evidence,
          remedy: `Make ${name} a CNAME of ${domainsOf(gateway.settings?.domains, 'public')[0]?.name ?? "the gateway's own domain"} before the move.`,
        });
      }
    }
  },
};
