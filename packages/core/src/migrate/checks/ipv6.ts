import { aboutGateway } from '../about-gateway.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';
import { unreadSettings, untold } from '../unread-settings.js';

/** `migrate/ipv6`. */
export const migrateIpv6: MigrationCheck = {
  id: 'migrate/ipv6',
  title: 'A gateway that is called over IPv6 still is',
  severity: 'error',
  about: 'A group with an IPv6 address needs a target instance with IPv6 enabled before the move.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run(input) {
    const { check, gateway, to } = input;
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    const there = to.link?.settings?.ipv6;
    if (unread === undefined && gateway.settings?.ipv6 !== true) return;
    if (unread !== undefined || there === undefined) {
      yield unsure(about, 'a gateway that is called over IPv6 still is', unread ?? untold(to, 'whether IPv6 is on'));
      return;
    }
    const evidence = [{ kind: 'link', id: to.link?.id ?? '', text: `IPv6 ${there ? 'on' : 'off'}` }];
    if (there) yield holds(check, about, () => ({ message: 'both have IPv6', evidence }));
    else {
      yield fails(about, {
        message: `${gateway.id} is called over IPv6, which ${to.link?.id ?? 'the target instance'} has not`,
        evidence,
        remedy: `Enable IPv6 on ${to.link?.id ?? 'the target instance'} (ModifyInstanceAttribute, IPV6Enabled) before the move.`,
      });
    }
  },
};
