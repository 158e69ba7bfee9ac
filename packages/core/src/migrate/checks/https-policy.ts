import { aboutGateway } from '../about-gateway.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';
import { unknownSetting } from '../unread-settings.js';

/** `migrate/https-policy`. */
export const migrateHttpsPolicy: MigrationCheck = {
  id: 'migrate/https-policy',
  title: "The gateway's HTTPS policy stays as it is",
  severity: 'warning',
  about:
    "The move overwrites the gateway's HTTPS policy with the target instance's, without a word: callers with old TLS may be refused, or let in. ModifyApiGroupNetworkPolicy puts " +
    'it back.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run(input) {
    const { check, gateway, to } = input;
    const [old, next] = [gateway.settings?.httpsPolicy, to.link?.settings?.httpsPolicy];
    const about = aboutGateway(gateway);
    if (old === undefined || next === undefined) {
      yield unsure(about, 'the HTTPS policy stays as it is', unknownSetting(input, 'the HTTPS policy', old));
      return;
    }
    const evidence = [
      { kind: 'gateway', id: gateway.id, text: `HTTPS policy ${old}` },
      { kind: 'link', id: to.link?.id ?? '', text: `HTTPS policy ${next}` },
    ];
    if (old === next) {
      yield holds(check, about, () => ({ message: `the HTTPS policy is ${old} on both`, evidence }));
      return;
    }
    yield fails(about, {
      message: `the HTTPS policy changes from ${old} to ${next}`,
      evidence,
      remedy: 'Set it again with ModifyApiGroupNetworkPolicy after the move, or change the instance before it.',
    });
  },
};
