import { aboutGateway, migrationCheck } from '@postern/core/checks';
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
  codes: ['RATE_NOT_READ', 'RATE_KEPT', 'RATE_FALLS'],
  *run(input, say) {
    const { gateway, to } = input;
    const [old, next] = [gateway.settings?.requestsPerSecond, to.link?.settings?.requestsPerSecond];
    const about = aboutGateway(gateway);
    if (old === undefined || next === undefined) {
      yield say.unknown(
        about,
        'RATE_NOT_READ',
        {},
        unknownSetting(input, 'the request limit', old),
        () => 'the request limit is lower than before',
      );
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
    if (next >= old) {
      yield say.pass(
        about,
        'RATE_KEPT',
        () => ({ next, old }),
        (p) => ({ message: `the limit is ${p.next} requests per second after the move, ${p.old} before`, evidence }),
      );
      return;
    }
    yield say.fail(about, 'RATE_FALLS', { old, next }, (p) => ({
      message: `the move lowers the limit from ${p.old} to ${p.next} requests per second`,
      remedy:
        'Choose an instance with a larger instance type, or request the old limit with a ticket before the move: no API call sets it.',
      evidence,
    }));
  },
});
