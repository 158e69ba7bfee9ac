import { aboutGateway, migrationCheck, thing } from '@postern/core/checks';
import { domainsOf } from './gateway-domains.js';

/** `migrate/custom-domain`. */
export const migrateCustomDomain = migrationCheck({
  id: 'migrate/custom-domain',
  severity: 'error',
  title: "Every custom domain is a CNAME of the gateway's own domain",
  about:
    "The move takes effect in DNS: the gateway's own domain points to the target instance after one to ten minutes. A custom domain that is a CNAME of it " +
    'follows. A custom domain with an A record still points to the old instance. That instance answers 410 (I410GG) once calls to it have drained.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: ['FOLLOWS', 'RECORD_NOT_KNOWN', 'STAYS_BEHIND'],
  *run({ gateway }, say) {
    for (const { name, byCname } of domainsOf(gateway.settings?.domains, 'custom')) {
      const about = aboutGateway(gateway, thing('domain', name));
      const evidence = [
        { kind: 'domain', id: name, text: byCname === true ? 'CNAME' : byCname === false ? 'no CNAME' : 'not known' },
      ];
      if (byCname === true)
        yield say.pass(
          about,
          'FOLLOWS',
          () => ({ name }),
          (p) => ({ message: `${p.name} is a CNAME of the gateway's own domain`, evidence }),
        );
      else if (byCname === undefined) {
        yield say.unknown(about, 'RECORD_NOT_KNOWN', { name }, undefined, (p) => ({
          message: `cannot determine whether ${p.name} is a CNAME of the gateway's own domain`,
          remedy: `Look up ${p.name}: it must be a CNAME of the gateway's own domain.`,
          severity: 'warning',
          evidence,
        }));
      } else {
        yield say.fail(
          about,
          'STAYS_BEHIND',
          { name, publicDomain: domainsOf(gateway.settings?.domains, 'public')[0]?.name },
          (p) => ({
            message: `${p.name} is not a CNAME of the gateway's own domain: after the move it still points to the old instance`,
            remedy: `Change the DNS record of ${p.name} to a CNAME of ${p.publicDomain ?? "the gateway's own domain"} before the move.`,
            evidence,
          }),
        );
      }
    }
  },
});
