import { aboutGateway, fail, migrationCheck, pass, thing, undecided } from '@postern/core/checks';
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
  codes: {
    FOLLOWS: pass("{name} is a CNAME of the gateway's own domain"),
    RECORD_NOT_KNOWN: undecided(
      "cannot determine whether {name} is a CNAME of the gateway's own domain",
      "Look up {name}: it must be a CNAME of the gateway's own domain.",
      'warning',
    ),
    STAYS_BEHIND: fail(
      "{name} is not a CNAME of the gateway's own domain: after the move it still points to the old instance",
      "Change the DNS record of {name} to a CNAME of {publicDomain|the gateway's own domain} before the move.",
    ),
  },
  *run({ gateway }, say) {
    for (const { name, byCname } of domainsOf(gateway.settings?.domains, 'custom')) {
      const about = aboutGateway(gateway, thing('domain', name));
      const evidence = [
        { kind: 'domain', id: name, text: byCname === true ? 'CNAME' : byCname === false ? 'no CNAME' : 'not known' },
      ];
      if (byCname === true) yield say.FOLLOWS(about, { name }, evidence);
      else if (byCname === undefined) yield say.RECORD_NOT_KNOWN(about, { name }, undefined, evidence);
      else {
        const publicDomain = domainsOf(gateway.settings?.domains, 'public')[0]?.name;
        yield say.STAYS_BEHIND(about, { name, publicDomain }, evidence);
      }
    }
  },
});
