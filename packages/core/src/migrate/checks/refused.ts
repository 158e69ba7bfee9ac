import { aboutGateway } from '../about-gateway.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';
import { unreadSettings } from '../unread-settings.js';

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
