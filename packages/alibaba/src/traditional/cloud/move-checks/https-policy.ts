import { aboutGateway, fail, migrationCheck, pass, unknown } from '@postern/core/internal/checks';
import { unknownSetting } from './unread-settings.js';

export const migrateHttpsPolicy = migrationCheck({
  id: 'migrate/https-policy',
  severity: 'warning',
  title: "The move does not change the gateway's HTTPS policy",
  about:
    "The move overwrites the gateway's HTTPS policy with that of the target instance, without notice. Callers with old TLS versions may then be refused, or allowed. ModifyApiGroupNetworkPolicy restores the policy.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: {
    POLICY_NOT_READ: unknown('the HTTPS policy stays the same'),
    SAME_POLICY: pass('the gateway and the target instance both have the HTTPS policy {old}'),
    POLICY_CHANGES: fail(
      'the move changes the HTTPS policy from {old} to {next}',
      'Set the policy again with ModifyApiGroupNetworkPolicy after the move, or change the policy of the instance before the move.',
    ),
  },
  *run(input, say) {
    const { gateway, to } = input;
    const [old, next] = [gateway.settings?.httpsPolicy, to.link?.settings?.httpsPolicy];
    const about = aboutGateway(gateway);
    if (old === undefined || next === undefined) {
      yield say.POLICY_NOT_READ(about, {}, unknownSetting(input, 'the HTTPS policy', old));
      return;
    }

    const evidence = [
      { kind: 'gateway', id: gateway.id, text: `HTTPS policy ${old}` },
      { kind: 'link', id: to.link?.id ?? '', text: `HTTPS policy ${next}` },
    ];
    if (old === next) yield say.SAME_POLICY(about, { old }, evidence);
    else yield say.POLICY_CHANGES(about, { old, next }, evidence);
  },
});

export const migrateRate = migrationCheck({
  id: 'migrate/rate',
  severity: 'warning',
  title: 'The move does not lower the request limit of the gateway',
  about:
    "The move overwrites the gateway's own limit of requests per second with that of the target instance. A limit that was raised for this group needs a ticket to be raised again.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: {
    RATE_NOT_READ: unknown('the request limit is lower than before'),
    RATE_KEPT: pass('the limit is {next} requests per second after the move, {old} before'),
    RATE_FALLS: fail(
      'the move lowers the limit from {old} to {next} requests per second',
      'Choose an instance with a larger instance type, or request the old limit with a ticket before the move: no API call sets it.',
    ),
  },
  *run(input, say) {
    const { gateway, to } = input;
    const [old, next] = [gateway.settings?.requestsPerSecond, to.link?.settings?.requestsPerSecond];
    const about = aboutGateway(gateway);
    if (old === undefined || next === undefined) {
      yield say.RATE_NOT_READ(about, {}, unknownSetting(input, 'the request limit', old));
      return;
    }

    const evidence = [
      { kind: 'gateway', id: gateway.id, text: `${old} requests per second` },
      {
        kind: 'link',
        id: to.link?.id ?? '',
        text: `${next} requests per second, for all groups of the instance together`,
      },
    ];
    if (next >= old) yield say.RATE_KEPT(about, { next, old }, evidence);
    else yield say.RATE_FALLS(about, { old, next }, evidence);
  },
});
