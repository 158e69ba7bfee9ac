import { aboutGateway, fail, migrationCheck, pass, unknown } from '@postern/core/checks';
import { unknownSetting } from './unread-settings.js';

/** `migrate/rate`. */
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
