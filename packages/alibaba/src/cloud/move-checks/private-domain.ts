import {
  aboutGateway,
  fail,
  isAddress,
  migrationCheck,
  pass,
  thing,
  unknown,
  useEvidence,
  useText,
} from '@postern/core/checks';

/** `migrate/private-domain`. */
export const migratePrivateDomain = migrationCheck({
  id: 'migrate/private-domain',
  severity: 'error',
  title: 'The target instance resolves every private domain of a backend',
  about:
    'The gateway does not query PrivateZone. An instance resolves an internal name of a backend by a private-DNS record that is attached to the instance. If the record is attached ' +
    'to the current instance only, the name does not resolve after the move. A new record takes about ten minutes.',
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
