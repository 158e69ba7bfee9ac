import { aboutGateway } from '../about-gateway.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';
import { unknownSetting } from '../unread-settings.js';

/** `migrate/rate`. */
export const migrateRate: MigrationCheck = {
  id: 'migrate/rate',
  title: 'The gateway may be called as often as before',
  severity: 'warning',
  about:
    "The move overwrites the gateway's own limit of requests per second with what the target instance gives. A limit that was raised for this group needs a ticket to be raised again.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run(input) {
    const { check, gateway, to } = input;
    const [old, next] = [gateway.settings?.requestsPerSecond, to.link?.settings?.requestsPerSecond];
    const about = aboutGateway(gateway);
    if (old === undefined || next === undefined) {
      yield unsure(
        about,
        'the gateway may be called as often as before',
        unknownSetting(input, 'the limit of requests', old),
      );
      return;
    }
    const evidence = [
      { kind: 'gateway', id: gateway.id, text: `${old} requests per second` },
      { kind: 'link', id: to.link?.id ?? '', text: `${next} requests per second, for all its groups together` },
    ];
    if (next >= old) {
      yield holds(check, about, () => ({ message: `${next} requests per second, ${old} before`, evidence }));
      return;
    }
    yield fails(about, {
      message: `the limit falls from ${old} to ${next} requests per second`,
      evidence,
      remedy:
        'Choose an instance of a larger spec, or ask for the old limit with a ticket before the move: no call sets it.',
    });
  },
};
