import { aboutGateway, fail, migrationCheck, pass, unknown } from '@postern/core/checks';
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
  codes: {
    STATE_NOT_READ: unknown('no migration is in progress'),
    NOT_UNDER_WAY: pass('no migration is in progress'),
    UNDER_WAY: fail(
      'a migration of {gateway} is already in progress ({state})',
      'Wait until it has ended, then validate the move again.',
    ),
  },
  *run(input, say) {
    const { gateway } = input;
    const { migration } = gateway.settings ?? {};
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    const evidence = migration === undefined ? [] : [{ kind: 'migration', id: gateway.id, text: migration.state }];
    if (unread !== undefined) yield say.STATE_NOT_READ(about, {}, unread);
    else if (migration?.running !== true) yield say.NOT_UNDER_WAY(about, {}, evidence);
    else yield say.UNDER_WAY(about, { gateway: gateway.id, state: migration.state }, evidence);
  },
});
