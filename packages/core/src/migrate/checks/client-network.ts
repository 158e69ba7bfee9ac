import { aboutGateway } from '../about-gateway.js';
import type { Missing } from '../../world/views.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { domainsOf } from '../gateway-domains.js';
import type { MigrationCheck, MigrationInput } from '../migration-input.js';
import { untold } from '../unread-settings.js';

/** `migrate/client-network`. */
export const migrateClientNetwork: MigrationCheck = {
  id: 'migrate/client-network',
  title: 'Callers inside a VPC reach the target instance from the same VPC',
  severity: 'error',
  about:
    "Callers that use a group's VPC domain stand in the client VPC of its instance. A target instance with another client VPC is not reached from there.",
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run(input) {
    const { check, gateway, from, to } = input;
    if (!domainsOf(gateway.settings?.domains, 'network').length) return;
    const [old, next] = [from?.link?.settings?.clientNetworkId, to.link?.settings?.clientNetworkId];
    const about = aboutGateway(gateway);
    if (old === undefined || to.link?.settings === undefined) {
      const what = 'the VPC from which callers come';
      const missing =
        old !== undefined ? untold(to, what) : from === undefined ? unreadSource(input, what) : untold(from, what);
      yield unsure(about, `callers reach ${to.link?.id ?? 'the target instance'} from the same VPC`, missing);
      return;
    }
    const evidence = [
      { kind: 'link', id: from?.link?.id ?? '', text: `client VPC ${old}` },
      { kind: 'link', id: to.link?.id ?? '', text: `client VPC ${next ?? 'none'}` },
    ];
    if (old === next) yield holds(check, about, () => ({ message: `the client VPC is ${old} on both`, evidence }));
    else {
      yield fails(about, {
        message: `callers are in ${old}, and ${to.link?.id ?? 'the target instance'} is called from ${next ?? 'no VPC'}`,
        evidence,
        remedy: `Give ${to.link?.id ?? 'the target instance'} the client VPC ${old} (ModifyInstanceVpcAttributeForConsole) before the move.`,
      });
    }
  },
};

/** Of a gateway whose present instance is a shared one, or could not be read. */
function unreadSource({ region, gateway }: MigrationInput, what: string): Missing {
  const id = gateway.linkId ?? 'its present instance';
  return (
    region.missing('links', gateway.linkId) ?? { what: `${what} of ${id}`, remedy: `Look at ${id} in the console.` }
  );
}
