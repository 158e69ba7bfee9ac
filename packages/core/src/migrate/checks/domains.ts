import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import type { Outcome } from '../../findings/check.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import type { GatewayDomain } from '../../model/gateway.js';
import type { LinkSettings } from '../../model/link.js';
import { domainsOf } from '../gateway-domains.js';
import type { MigrationCheck, MigrationInput } from '../migration-input.js';
import { unreadSettings } from '../unread-settings.js';

/** `migrate/domains`. */
export const migrateDomains: MigrationCheck = {
  id: 'migrate/domains',
  title: 'The target instance has every kind of domain that the gateway is called by',
  severity: 'error',
  about:
    'A group that is called by its VPC domain or its intranet domain needs a target instance that has these enabled, for the VPC of the same callers; otherwise the name ' +
    'leads nowhere after the move.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
    'https://www.alibabacloud.com/help/doc-detail/182996',
  ],
  *run(input) {
    const unread = unreadSettings(input);
    if (unread !== undefined) {
      yield unsure(
        aboutGateway(input.gateway),
        `${input.to.link?.id ?? ''} has every domain that it is called by`,
        unread,
      );
      return;
    }
    const { settings } = input.to.link ?? {};
    yield* needed(input, 'network', 'a VPC domain', settings?.networkDomain);
    yield* needed(input, 'intranet', 'an intranet domain', settings?.intranetDomain);
    yield* needed(input, 'self-call', 'a self-call domain', settings?.selfCallDomain);
  },
};

function* needed(
  { check, gateway, to }: MigrationInput,
  kind: GatewayDomain['kind'],
  what: string,
  there: LinkSettings['networkDomain'],
): Iterable<Outcome> {
  for (const { name } of domainsOf(gateway.settings?.domains, kind)) {
    const about = aboutGateway(gateway, thing('domain', name));
    const evidence = [{ kind: 'domain', id: name, text: what }];
    const id = to.link?.id ?? 'the target instance';
    if (there === true) yield holds(check, about, () => ({ message: `${id} has ${what}`, evidence }));
    else if (there === undefined) {
      const fact = { what: `whether ${id} has ${what}`, remedy: `Look at ${id} in the console.` };
      // That APIs of a group may call each other is the default, and most never do; no API tells what an instance has.
      const severity = kind === 'self-call' ? 'note' : 'error';
      const message = `nobody can say ${fact.what}`;
      yield { verdict: 'unknown', severity, ...about, message, evidence, remedy: fact.remedy };
    } else {
      yield fails(about, {
        message: `the gateway is called by ${what} (${name}), which ${id} has not`,
        evidence,
        remedy: `Enable it on ${id} before the move${kind === 'intranet' ? ' (ModifyInstanceAttribute, VpcSlbIntranetEnable)' : ', in the console'}.`,
      });
    }
  }
}
