import { aboutGateway, migrationCheck } from '@postern/core/checks';
import { unreadSettings } from './unread-settings.js';

/** `migrate/under-way`. */
export const migrateUnderWay = migrationCheck({
  id: 'migrate/under-way',
  severity: 'error',
  title: 'No other migration of the gateway is in progress',
  about:
    'The service runs one migration of a group at a time, and the migration status has no date. While the status is Running, another migration is refused, or mistaken for the first one.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: ['STATE_NOT_READ', 'NOT_UNDER_WAY', 'UNDER_WAY'],
  *run(input, say) {
    const { gateway } = input;
    const { migration } = gateway.settings ?? {};
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    if (unread !== undefined) {
      yield say.unknown(about, 'STATE_NOT_READ', {}, unread, () => 'no migration is in progress');
      return;
    }
    const evidence = migration === undefined ? [] : [{ kind: 'migration', id: gateway.id, text: migration.state }];
    if (migration?.running !== true) {
      yield say.pass(
        about,
        'NOT_UNDER_WAY',
        () => ({}),
        () => ({ message: 'no migration is in progress', evidence }),
      );
      return;
    }
    yield say.fail(about, 'UNDER_WAY', { gateway: gateway.id, state: migration.state }, (p) => ({
      message: `a migration of ${p.gateway} is already in progress (${p.state})`,
      remedy: 'Wait until it has ended, then validate the move again.',
      evidence,
    }));
  },
});
