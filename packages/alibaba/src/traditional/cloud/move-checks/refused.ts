import { aboutGateway, fail, migrationCheck, pass, unknown, thing } from '@postern/core/internal/checks';
import { unreadSettings } from './unread-settings.js';

export const migrateRefused = migrationCheck({
  id: 'migrate/refused',
  severity: 'error',
  title: 'The gateway is of a kind that may move',
  about:
    'Groups that are sold on the Marketplace stay where their buyers find them. DataWorks Data Service cannot run on a VPC integration instance.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: {
    REFUSAL_NOT_READ: unknown('the gateway is of a kind that may move'),
    NOT_REFUSED: pass('the gateway is of a kind that may move'),
    ON_MARKETPLACE: fail('{gateway} is sold on the Marketplace', 'Keep it on its current instance.'),
  },
  *run(input, say) {
    const { gateway } = input;
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    const evidence = [{ kind: 'gateway', id: gateway.id, text: 'CloudMarketCommodity' }];
    if (unread !== undefined) yield say.REFUSAL_NOT_READ(about, {}, unread);
    else if (gateway.settings?.marketplace !== true) yield say.NOT_REFUSED(about, {});
    else yield say.ON_MARKETPLACE(about, { gateway: gateway.id }, evidence);
  },
});

export const migrateLocked = migrationCheck({
  id: 'migrate/locked',
  severity: 'error',
  title: 'The gateway is not locked',
  about:
    'A group that is locked, for an overdue bill or its contents, accepts no changes: the service refuses the move with Forbidden….',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: {
    NOT_LOCKED: pass('{id} is not locked'),
    LOCKED: fail(
      '{id} is locked ({locked}): the service refuses to move it',
      'Settle {locked} with the provider, then validate the move again.',
    ),
  },
  *run({ gateway }, say) {
    const about = aboutGateway(gateway);
    const { id, locked } = gateway;
    if (locked === undefined) yield say.NOT_LOCKED(about, { id });
    else yield say.LOCKED(about, { id, locked }, [{ kind: 'gateway', id, text: `locked: ${locked}` }]);
  },
});

export const migrateSwitchPending = migrationCheck({
  id: 'migrate/switch-pending',
  severity: 'error',
  title: 'No change of the instance type is waiting for its traffic switch',
  about:
    'A change of the instance type may bring a new outbound address. It then waits up to 24 hours for confirmation. Until then the source addresses of calls to backends cannot be determined.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/change-instance-specifications',
  ],
  codes: {
    NO_SWITCH: pass('{id} is {nativeState}'),
    SWITCH_PENDING: fail(
      'a change of the instance type of {id} is waiting for its traffic switch',
      'Confirm the switch in the console, or wait until it is canceled, then validate the move again.',
    ),
  },
  *run({ gateway, from, to }, say) {
    for (const view of [from, to]) {
      if (view?.link === undefined) continue;

      const { id, nativeState, settings } = view.link;
      const about = aboutGateway(gateway, thing('instance', id));
      const evidence = [{ kind: 'link', id, text: nativeState }];
      if (settings?.switchPending !== true) yield say.NO_SWITCH(about, { id, nativeState }, evidence);
      else yield say.SWITCH_PENDING(about, { id }, evidence);
    }
  },
});

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
