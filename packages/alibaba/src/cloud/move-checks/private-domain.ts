import { aboutGateway, isAddress, migrationCheck, thing, useEvidence, useText } from '@postern/core/checks';

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
  codes: ['RECORDS_NOT_READ', 'RECORD_KNOWN', 'RECORD_LACKING'],
  *run({ region, to, backends, gateway }, say) {
    const names = new Map((region.region.privateDomains ?? []).map((domain) => [domain.name, domain] as const));
    const missing = region.missing('privateDomains');
    for (const { uses } of backends) {
      const [use] = uses;
      const { host } = use ?? {};
      if (use === undefined || host === undefined || isAddress(host)) continue;
      const about = aboutGateway(gateway, thing('private domain', host));
      const domain = names.get(host);
      if (missing !== undefined)
        yield say.unknown(
          about,
          'RECORDS_NOT_READ',
          { linkId: to.link?.id, host },
          missing,
          (p) => `${p.linkId ?? 'the target instance'} resolves ${p.host}`,
        );
      else if (domain?.linkIds.includes(to.link?.id ?? '') === true) {
        yield say.pass(
          about,
          'RECORD_KNOWN',
          () => ({ linkId: to.link?.id, host }),
          (p) => ({ message: `${p.linkId ?? 'the target instance'} resolves ${p.host}`, evidence: useEvidence(uses) }),
        );
      } else if (domain !== undefined) {
        yield say.fail(about, 'RECORD_LACKING', { useText: useText(use), host, linkId: to.link?.id }, (p) => ({
          message: `${p.useText} calls ${p.host}, which ${p.linkId ?? 'the target instance'} does not resolve`,
          remedy: `Attach the private-DNS record ${p.host} to ${p.linkId ?? 'the target instance'} (AssociateInstanceWithPrivateDNS), then wait ten minutes.`,
          evidence: [
            { kind: 'private name', id: host, text: `attached to ${domain.linkIds.join(', ') || 'no instance'}` },
            ...useEvidence(uses),
          ],
        }));
      }
    }
  },
});
