import { aboutGateway, migrationCheck } from '@postern/core/checks';
import { unreadSettings } from './unread-settings.js';

/** `migrate/refused`. */
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
  codes: ['REFUSAL_NOT_READ', 'NOT_REFUSED', 'ON_MARKETPLACE'],
  *run(input, say) {
    const { gateway } = input;
    const about = aboutGateway(gateway);
    const unread = unreadSettings(input);
    if (unread !== undefined) {
      yield say.unknown(about, 'REFUSAL_NOT_READ', {}, unread, () => 'the gateway is of a kind that may move');
      return;
    }
    if (gateway.settings?.marketplace !== true) {
      yield say.pass(
        about,
        'NOT_REFUSED',
        () => ({}),
        () => 'the gateway is of a kind that may move',
      );
      return;
    }
    yield say.fail(about, 'ON_MARKETPLACE', { gateway: gateway.id }, (p) => ({
      message: `${p.gateway} is sold on the Marketplace`,
      remedy: 'Keep it on its current instance.',
      evidence: [{ kind: 'gateway', id: gateway.id, text: 'CloudMarketCommodity' }],
    }));
  },
});
