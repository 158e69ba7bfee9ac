import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { isAddress } from '../../kinds/private-host.js';
import type { MigrationCheck } from '../migration-input.js';
import { useEvidence, useText } from '../../world/uses/gateway-uses.js';

/** `migrate/private-domain`. */
export const migratePrivateDomain: MigrationCheck = {
  id: 'migrate/private-domain',
  title: 'The target instance knows every private domain that a backend is named by',
  severity: 'error',
  about:
    'The gateway does not ask PrivateZone. An internal name of a backend is known to an instance by a private-DNS record that is attached to it; one that is attached to the ' +
    'present instance only is no longer answered after the move. A new record takes about ten minutes.',
  sources: ['https://help.aliyun.com/document_detail/2747053.html'],
  *run({ check, region, to, backends, gateway }) {
    const names = new Map((region.region.privateDomains ?? []).map((domain) => [domain.name, domain] as const));
    const missing = region.missing('privateDomains');
    for (const { uses } of backends) {
      const [use] = uses;
      const { host } = use ?? {};
      if (use === undefined || host === undefined || isAddress(host)) continue;
      const about = aboutGateway(gateway, thing('private domain', host));
      const domain = names.get(host);
      if (missing !== undefined) yield unsure(about, `${to.link?.id ?? ''} knows ${host}`, missing);
      else if (domain?.linkIds.includes(to.link?.id ?? '') === true) {
        yield holds(check, about, () => ({
          message: `${to.link?.id ?? ''} knows ${host}`,
          evidence: useEvidence(uses),
        }));
      } else if (domain !== undefined) {
        yield fails(about, {
          message: `${useText(use)} calls ${host}, which ${to.link?.id ?? 'the target instance'} does not know`,
          evidence: [
            { kind: 'private name', id: host, text: `known to ${domain.linkIds.join(', ') || 'no instance'}` },
            ...useEvidence(uses),
          ],
          remedy: `Attach the private-DNS record ${host} to ${to.link?.id ?? 'the target instance'} (AssociateInstanceWithPrivateDNS), and wait ten minutes.`,
        });
      }
    }
  },
};
