import { aboutGateway, migrationCheck } from '@postern/core/checks';
import { unknownSetting } from './unread-settings.js';

/** `migrate/https-policy`. */
export const migrateHttpsPolicy = migrationCheck({
  id: 'migrate/https-policy',
  severity: 'warning',
  title: "The move does not change the gateway's HTTPS policy",
  about:
    "The move overwrites the gateway's HTTPS policy with that of the target instance, without notice. Callers with old TLS versions may then be refused, or allowed. " +
    'ModifyApiGroupNetworkPolicy restores the policy.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: ['POLICY_NOT_READ', 'SAME_POLICY', 'POLICY_CHANGES'],
  *run(input, say) {
    const { gateway, to } = input;
    const [old, next] = [gateway.settings?.httpsPolicy, to.link?.settings?.httpsPolicy];
    const about = aboutGateway(gateway);
    if (old === undefined || next === undefined) {
      yield say.unknown(
        about,
        'POLICY_NOT_READ',
        {},
        unknownSetting(input, 'the HTTPS policy', old),
        () => 'the HTTPS policy stays the same',
      );
      return;
    }
    const evidence = [
      { kind: 'gateway', id: gateway.id, text: `HTTPS policy ${old}` },
      { kind: 'link', id: to.link?.id ?? '', text: `HTTPS policy ${next}` },
    ];
    if (old === next) {
      yield say.pass(
        about,
        'SAME_POLICY',
        () => ({ old }),
        (p) => ({ message: `the gateway and the target instance both have the HTTPS policy ${p.old}`, evidence }),
      );
      return;
    }
    yield say.fail(about, 'POLICY_CHANGES', { old, next }, (p) => ({
      message: `the move changes the HTTPS policy from ${p.old} to ${p.next}`,
      remedy:
        'Set the policy again with ModifyApiGroupNetworkPolicy after the move, or change the policy of the instance before the move.',
      evidence,
    }));
  },
});
