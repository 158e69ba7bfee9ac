import type { LinkSettings, GatewayDomain } from '@postern/core/internal/adapter';
import type { Outcome, Say } from '@postern/core/internal/check';
import {
  aboutGateway,
  fail,
  migrationCheck,
  type MigrationInput,
  pass,
  thing,
  undecided,
  unknown,
  isAddress,
  useEvidence,
  useText,
} from '@postern/core/internal/checks';
import { unreadSettings } from './unread-settings.js';

const CODES = {
  DOMAINS_NOT_READ: unknown('{linkId|the target instance} has every kind of domain that the gateway is called by'),
  DOMAIN_OFFERED: pass('{id} has {what}'),
  DOMAIN_NOT_KNOWN: undecided(
    'cannot determine whether {id} has {what}',
    'Check in the console whether {id} has {what}.',
  ),
  DOMAIN_LACKING: fail(
    'the gateway is called by {what} ({name}), but {id} does not have one',
    'Enable {what} on {id} before the move[if kind=intranet:  (ModifyInstanceAttribute, VpcSlbIntranetEnable true)|, in the console].',
  ),
};

export const migrateDomains = migrationCheck({
  id: 'migrate/domains',
  severity: 'error',
  title: 'The target instance has every kind of domain that the gateway is called by',
  about:
    'If a group is called by its VPC domain or its intranet domain, the target instance must have that kind of domain enabled. Otherwise the domain name points to no instance after the move.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
    'https://www.alibabacloud.com/help/doc-detail/182996',
  ],
  codes: CODES,
  *run(input, say) {
    const unread = unreadSettings(input);
    if (unread !== undefined) {
      yield say.DOMAINS_NOT_READ(aboutGateway(input.gateway), { linkId: input.to.link?.id }, unread);
      return;
    }

    const { settings } = input.to.link ?? {};
    yield* needed(say, input, 'network', 'a VPC domain', settings?.networkDomain);
    yield* needed(say, input, 'intranet', 'an intranet domain', settings?.intranetDomain);
    yield* needed(say, input, 'self-call', 'a self-call domain', settings?.selfCallDomain);
  },
});

function* needed(
  say: Say<typeof CODES>,
  { gateway, to }: MigrationInput,
  kind: GatewayDomain['kind'],
  what: string,
  there: LinkSettings['networkDomain'],
): Iterable<Outcome> {
  for (const { name } of domainsOf(gateway.settings?.domains, kind)) {
    const about = aboutGateway(gateway, thing('domain', name));
    const evidence = [{ kind: 'domain', id: name, text: what }];
    const id = to.link?.id ?? 'the target instance';
    if (there === true) yield say.DOMAIN_OFFERED(about, { id, what }, evidence);
    else if (there === undefined) {
      // By default, APIs of a group may call each other, and most never do; no API reports whether an instance
      // has a self-call domain.
      const severity = kind === 'self-call' ? 'note' : 'error';
      yield say.DOMAIN_NOT_KNOWN(about, { id, what }, undefined, { severity, evidence });
    } else yield say.DOMAIN_LACKING(about, { what, name, id, kind }, evidence);
  }
}

export const migrateCustomDomain = migrationCheck({
  id: 'migrate/custom-domain',
  severity: 'error',
  title: "Every custom domain is a CNAME of the gateway's own domain",
  about:
    "The move takes effect in DNS: the gateway's own domain points to the target instance after one to ten minutes. A custom domain that is a CNAME of it follows. A custom domain with an A record still points to the old instance. That instance answers 410 (I410GG) once calls to it have drained.",
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

export const migratePrivateDomain = migrationCheck({
  id: 'migrate/private-domain',
  severity: 'error',
  title: 'The target instance resolves every private domain of a backend',
  about:
    'The gateway does not query PrivateZone. An instance resolves an internal name of a backend by a private-DNS record that is attached to the instance. If the record is attached to the current instance only, the name does not resolve after the move. A new record takes about ten minutes.',
  sources: ['https://help.aliyun.com/document_detail/2747053.html'],
  back: 'also',
  codes: {
    RECORDS_NOT_READ: unknown('{linkId|the target instance} resolves {host}'),
    RECORD_KNOWN: pass('{linkId|the target instance} resolves {host}'),
    RECORD_LACKING: fail(
      '{useText} calls {host}, which {linkId|the target instance} does not resolve',
      'Attach the private-DNS record {host} to {linkId|the target instance} (AssociateInstanceWithPrivateDNS), then wait ten minutes.',
    ),
  },
  *run({ region, to, backends, gateway }, say) {
    const names = new Map((region.region.privateDomains ?? []).map((domain) => [domain.name, domain] as const));
    const missing = region.missing('privateDomains');
    for (const { uses } of backends) {
      const [use] = uses;
      const { host } = use ?? {};
      if (use === undefined || host === undefined || isAddress(host)) continue;

      const about = aboutGateway(gateway, thing('private domain', host));
      const domain = names.get(host);
      const on = { linkId: to.link?.id, host };
      if (missing !== undefined) yield say.RECORDS_NOT_READ(about, on, missing);
      else if (domain?.linkIds.includes(to.link?.id ?? '') === true)
        yield say.RECORD_KNOWN(about, on, useEvidence(uses));
      else if (domain !== undefined) {
        const attached = `attached to ${domain.linkIds.join(', ') || 'no instance'}`;
        yield say.RECORD_LACKING(about, { useText: useText(use), host, linkId: to.link?.id }, [
          { kind: 'private name', id: host, text: attached },
          ...useEvidence(uses),
        ]);
      }
    }
  },
});

/** The domains of one kind by which a gateway is called. */
export function domainsOf(
  domains: readonly GatewayDomain[] | undefined,
  kind: GatewayDomain['kind'],
): readonly GatewayDomain[] {
  return (domains ?? []).filter((domain) => domain.kind === kind);
}
