import type { Missing } from '@postern/core/check';
import { aboutGateway, fail, migrationCheck, type MigrationInput, pass, unknown } from '@postern/core/checks';
import { domainsOf } from './gateway-domains.js';
import { untold } from './unread-settings.js';

/** `migrate/client-network`. */
export const migrateClientNetwork = migrationCheck({
  id: 'migrate/client-network',
  severity: 'error',
  title: 'The target instance has the same client VPC as the current instance',
  about:
    "Callers that use a group's VPC domain are in the client VPC of its instance. They cannot reach a target instance that has another client VPC.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: {
    NETWORKS_NOT_READ: unknown('{linkId|the target instance} has the same client VPC as the current instance'),
    SAME_NETWORK: pass('the client VPC is {old} on both instances'),
    OTHER_NETWORK: fail(
      'callers are in {old}, but the client VPC of {linkId|the target instance} is {next|not set}',
      'Set the client VPC of {linkId|the target instance} to {old} (ModifyInstanceVpcAttributeForConsole) before the move.',
    ),
  },
  *run(input, say) {
    const { gateway, from, to } = input;
    if (!domainsOf(gateway.settings?.domains, 'network').length) return;
    const [old, next] = [from?.link?.settings?.clientNetworkId, to.link?.settings?.clientNetworkId];
    const about = aboutGateway(gateway);
    if (old === undefined || to.link?.settings === undefined) {
      const what = 'the client VPC';
      const missing =
        old !== undefined ? untold(to, what) : from === undefined ? unreadSource(input, what) : untold(from, what);
      yield say.NETWORKS_NOT_READ(about, { linkId: to.link?.id }, missing);
      return;
    }
    const evidence = [
      { kind: 'link', id: from?.link?.id ?? '', text: `client VPC ${old}` },
      { kind: 'link', id: to.link?.id ?? '', text: `client VPC ${next ?? 'none'}` },
    ];
    if (old === next) yield say.SAME_NETWORK(about, { old }, evidence);
    else yield say.OTHER_NETWORK(about, { old, linkId: to.link?.id, next }, evidence);
  },
});

/** For a gateway whose current instance is a shared instance, or could not be read. */
function unreadSource({ region, gateway }: MigrationInput, what: string): Missing {
  const id = gateway.linkId ?? 'its current instance';
  return (
    region.missing('links', gateway.linkId) ?? {
      what: `${what} of ${id}`,
      remedy: `Look up ${what} of ${id} in the console.`,
    }
  );
}
