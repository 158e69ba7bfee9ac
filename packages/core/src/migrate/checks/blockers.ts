import { aboutGateway } from '../about-gateway.js';
import { fails, holds, unsure } from '../../checks/words/outcome.js';
import type { MigrationCheck } from '../migration-input.js';
import { unreadSettings } from '../unread-settings.js';

/** `migrate/locked`. */
export const migrateLocked: MigrationCheck = {
  id: 'migrate/locked',
  title: 'The gateway is not locked',
  severity: 'error',
  about:
    'A group that is locked, for an overdue bill or its contents, takes no change: the service refuses the move with Forbidden….',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run({ check, gateway }) {
    const about = aboutGateway(gateway);
    const { id, locked } = gateway;
    if (locked === undefined) {
      yield holds(check, about, () => ({ message: `${id} is not locked`, evidence: [] }));
      return;
    }
    yield fails(about, {
      message: `${id} is locked (${locked}), and the service refuses to move it`,
      evidence: [{ kind: 'gateway', id, text: `locked: ${locked}` }],
      remedy: `Settle ${locked} with the provider, then look again.`,
    });
  },
};

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

/** `migrate/switch-pending`. */
export const migrateSwitchPending: MigrationCheck = {
  id: 'migrate/switch-pending',
  title: 'No change of spec waits for a switch of its traffic',
  severity: 'error',
  about:
    "A change of an instance's spec may bring a new outbound address, and then waits up to 24 hours until somebody confirms it. Until then nobody knows which addresses backends " +
    'will see.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/change-instance-specifications',
  ],
  *run({ check, gateway, from, to }) {
    for (const view of [from, to]) {
      if (view?.link === undefined) continue;
      const { id, nativeState, settings } = view.link;
      const about = aboutGateway(gateway, `instance ${id}`);
      const evidence = [{ kind: 'link', id, text: nativeState }];
      if (settings?.switchPending !== true) {
        yield holds(check, about, () => ({ message: `${id} is ${nativeState}`, evidence }));
        continue;
      }
      yield fails(about, {
        message: `a change of the spec of ${id} waits for the switch of its traffic`,
        evidence,
        remedy: 'Confirm the switch in the console, or let it be cancelled, and look again.',
      });
    }
  },
};

/** `migrate/refused`. */
export const migrateRefused: MigrationCheck = {
  id: 'migrate/refused',
  title: 'The gateway is of a kind that may move',
  severity: 'error',
  about:
    'Groups that are sold on the Marketplace stay where their buyers find them, and DataWorks Data Service cannot run on a VPC integration instance.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run(input) {
    const { check, gateway } = input;
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    if (unread !== undefined) {
      yield unsure(about, 'nothing keeps it where it is', unread);
      return;
    }
    if (gateway.settings?.marketplace !== true) {
      yield holds(check, about, () => ({ message: 'nothing keeps it where it is', evidence: [] }));
      return;
    }
    yield fails(about, {
      message: `${gateway.id} is sold on the Marketplace`,
      evidence: [{ kind: 'gateway', id: gateway.id, text: 'CloudMarketCommodity' }],
      remedy: 'Leave it on its instance.',
    });
  },
};
