import { aboutGateway, fail, migrationCheck, pass, unknown } from '@postern/core/checks';
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
