import { aboutGateway, fail, migrationCheck, pass, unknown } from '@postern/core/checks';
import { unreadSettings, untold } from './unread-settings.js';

/** `migrate/ipv6`. */
export const migrateIpv6 = migrationCheck({
  id: 'migrate/ipv6',
  severity: 'error',
  title: 'The target instance has IPv6 enabled if the gateway is called over IPv6',
  about: 'A group with an IPv6 address needs a target instance that has IPv6 enabled before the move.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: {
    IPV6_NOT_READ: unknown('calls over IPv6 still reach the gateway after the move'),
    BOTH_IPV6: pass('the gateway and the target instance both have IPv6'),
    IPV6_LACKING: fail(
      '{gateway} is called over IPv6, but IPv6 is not enabled on {linkId|the target instance}',
      'Enable IPv6 on {linkId|the target instance} (ModifyInstanceAttribute, IPV6Enabled true) before the move.',
    ),
  },
  *run(input, say) {
    const { gateway, to } = input;
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    const there = to.link?.settings?.ipv6;
    if (unread === undefined && gateway.settings?.ipv6 !== true) return;
    if (unread !== undefined || there === undefined) {
      yield say.IPV6_NOT_READ(about, {}, unread ?? untold(to, 'the IPv6 setting'));
      return;
    }
    const evidence = [{ kind: 'link', id: to.link?.id ?? '', text: `IPv6 ${there ? 'on' : 'off'}` }];
    if (there) yield say.BOTH_IPV6(about, {}, evidence);
    else yield say.IPV6_LACKING(about, { gateway: gateway.id, linkId: to.link?.id }, evidence);
  },
});
