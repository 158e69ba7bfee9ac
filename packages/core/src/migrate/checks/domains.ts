import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { migrateDomainsWords } from './words/domains.words.js';
import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import type { GatewayDomain } from '../../model/gateway.js';
import type { LinkSettings } from '../../model/link.js';
import { domainsOf } from '../gateway-domains.js';
import type { MigrationInput } from '../migration-input.js';
import { unreadSettings } from '../unread-settings.js';

const { fails, holds, unsure } = stating<(typeof migrateDomainsWords)['says']>();

/** `migrate/domains`. */
export const migrateDomains: Judgement<MigrationInput> = {
  id: 'migrate/domains',
  severity: 'error',
  *run(input) {
    const unread = unreadSettings(input);
    if (unread !== undefined) {
      yield unsure(aboutGateway(input.gateway), 'DOMAINS_NOT_READ', { linkId: input.to.link?.id }, unread);
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
): Iterable<Statement> {
  for (const { name } of domainsOf(gateway.settings?.domains, kind)) {
    const about = aboutGateway(gateway, thing('domain', name));
    const evidence = [{ kind: 'domain', id: name, text: what }];
    const id = to.link?.id ?? 'the target instance';
    if (there === true) yield holds(check, about, 'DOMAIN_OFFERED', () => ({ params: { id, what }, evidence }));
    else if (there === undefined) {
      const fact = { what: `whether ${id} has ${what}`, remedy: `Check in the console whether ${id} has ${what}.` };
      // By default, APIs of a group may call each other, and most never do; no API reports what an instance
      // has.
      const severity = kind === 'self-call' ? 'note' : 'error';
      const message = `cannot determine ${fact.what}`;
      yield {
        verdict: 'unknown',
        severity,
        ...about,
        evidence,
        code: 'DOMAIN_NOT_KNOWN',
        params: { message, remedy: fact.remedy },
      };
    } else {
      yield fails(about, 'DOMAIN_LACKING', { params: { what, name, id, kind }, evidence });
    }
  }
}
