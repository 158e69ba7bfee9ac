import { aboutGateway } from '../about-gateway.js';
import { fails, holds } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';

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
