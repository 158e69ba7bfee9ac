import type { Missing } from '@postern/core/check';
import { aboutGateway, migrationCheck, type MigrationInput } from '@postern/core/checks';
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
  codes: ['NETWORKS_NOT_READ', 'SAME_NETWORK', 'OTHER_NETWORK'],
  *run(input, say) {
    const { gateway, from, to } = input;
    if (!domainsOf(gateway.settings?.domains, 'network').length) return;
    const [old, next] = [from?.link?.settings?.clientNetworkId, to.link?.settings?.clientNetworkId];
    const about = aboutGateway(gateway);
    if (old === undefined || to.link?.settings === undefined) {
      const what = 'the client VPC';
      const missing =
        old !== undefined ? untold(to, what) : from === undefined ? unreadSource(input, what) : untold(from, what);
      yield say.unknown(
        about,
        'NETWORKS_NOT_READ',
        { linkId: to.link?.id },
        missing,
        (p) => `${p.linkId ?? 'the target instance'} has the same client VPC as the current instance`,
      );
      return;
    }
    const evidence = [
      { kind: 'link', id: from?.link?.id ?? '', text: `client VPC ${old}` },
      { kind: 'link', id: to.link?.id ?? '', text: `client VPC ${next ?? 'none'}` },
    ];
    if (old === next)
      yield say.pass(
        about,
        'SAME_NETWORK',
        () => ({ old }),
        (p) => ({ message: `the client VPC is ${p.old} on both instances`, evidence }),
      );
    else {
      yield say.fail(about, 'OTHER_NETWORK', { old, linkId: to.link?.id, next }, (p) => ({
        message: `callers are in ${p.old}, but the client VPC of ${p.linkId ?? 'the target instance'} is ${p.next ?? 'not set'}`,
        remedy: `Set the client VPC of ${p.linkId ?? 'the target instance'} to ${p.old} (ModifyInstanceVpcAttributeForConsole) before the move.`,
        evidence,
      }));
    }
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
