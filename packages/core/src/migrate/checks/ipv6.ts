import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateIpv6Words } from './words/ipv6.words.js';
import { aboutGateway } from '../about-gateway.js';
import type { MigrationInput } from '../migration-input.js';
import { unreadSettings, untold } from '../unread-settings.js';

const { fails, holds, unsure } = stating<(typeof migrateIpv6Words)['says']>();

/** `migrate/ipv6`. */
export const migrateIpv6: Judgement<MigrationInput> = {
  id: 'migrate/ipv6',
  severity: 'error',
  *run(input) {
    const { check, gateway, to } = input;
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    const there = to.link?.settings?.ipv6;
    if (unread === undefined && gateway.settings?.ipv6 !== true) return;
    if (unread !== undefined || there === undefined) {
      yield unsure(about, 'IPV6_NOT_READ', {}, unread ?? untold(to, 'the IPv6 setting'));
      return;
    }
    const evidence = [{ kind: 'link', id: to.link?.id ?? '', text: `IPv6 ${there ? 'on' : 'off'}` }];
    if (there) yield holds(check, about, 'BOTH_IPV6', () => ({ params: {}, evidence }));
    else {
      yield fails(about, 'IPV6_LACKING', { params: { gateway: gateway.id, linkId: to.link?.id }, evidence });
    }
  },
};
