import { aboutGateway } from '../about-gateway.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';
import { unreadSettings } from '../unread-settings.js';

/** `migrate/under-way`. */
export const migrateUnderWay: MigrationCheck = {
  id: 'migrate/under-way',
  title: 'No other migration of the gateway is under way',
  severity: 'error',
  about:
    'The service carries out one migration of a group at a time, and its status has no date: while it says Running, another one is refused or, worse, mistaken for the first.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run(input) {
    const { check, gateway } = input;
    const { migration } = gateway.settings ?? {};
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    if (unread !== undefined) {
      yield unsure(about, 'no migration is under way', unread);
      return;
    }
    const evidence = migration === undefined ? [] : [{ kind: 'migration', id: gateway.id, text: migration.state }];
    if (migration?.running !== true) {
      yield holds(check, about, () => ({ message: 'no migration is under way', evidence }));
      return;
    }
    yield fails(about, {
      message: `a migration of ${gateway.id} is under way already (${migration.state})`,
      evidence,
      remedy: 'Wait until it has ended, and look again.',
    });
  },
};
