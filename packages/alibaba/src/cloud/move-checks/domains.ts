import type { LinkSettings } from '@postern/core/adapter';
import type { Outcome, Say } from '@postern/core/check';
import {
  aboutGateway,
  fail,
  migrationCheck,
  type MigrationInput,
  pass,
  thing,
  undecided,
  unknown,
} from '@postern/core/checks';
import type { GatewayDomain } from '@postern/core/snapshot';
import { domainsOf } from './gateway-domains.js';
import { unreadSettings } from './unread-settings.js';

const CODES = {
  DOMAINS_NOT_READ: unknown('{linkId|the target instance} has every kind of domain that the gateway is called by'),
  DOMAIN_OFFERED: pass('{id} has {what}'),
  DOMAIN_NOT_KNOWN: undecided('{message}', '{remedy}'),
  DOMAIN_LACKING: fail(
    'the gateway is called by {what} ({name}), but {id} does not have one',
    'Enable {what} on {id} before the move[if kind=intranet:  (ModifyInstanceAttribute, VpcSlbIntranetEnable true)|, in the console].',
  ),
};

/** `migrate/domains`. */
export const migrateDomains = migrationCheck({
  id: 'migrate/domains',
  severity: 'error',
  title: 'The target instance has every kind of domain that the gateway is called by',
  about:
    'If a group is called by its VPC domain or its intranet domain, the target instance must have that kind of domain enabled, for the VPC of the same callers. ' +
    'Otherwise the domain name points to no instance after the move.',
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
      const fact = { what: `whether ${id} has ${what}`, remedy: `Check in the console whether ${id} has ${what}.` };
      // By default, APIs of a group may call each other, and most never do; no API reports what an instance
      // has.
      const severity = kind === 'self-call' ? 'note' : 'error';
      const text = { message: `cannot determine ${fact.what}`, remedy: fact.remedy };
      yield say.DOMAIN_NOT_KNOWN(about, text, undefined, { severity, evidence });
    } else yield say.DOMAIN_LACKING(about, { what, name, id, kind }, evidence);
  }
}
