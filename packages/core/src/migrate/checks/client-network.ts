import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateClientNetworkWords } from './words/client-network.words.js';
import { aboutGateway } from '../about-gateway.js';
import type { Missing } from '../../world/views.js';
import { domainsOf } from '../gateway-domains.js';
import type { MigrationInput } from '../migration-input.js';
import { untold } from '../unread-settings.js';

const { fails, holds, unsure } = stating<(typeof migrateClientNetworkWords)['says']>();

/** `migrate/client-network`. */
export const migrateClientNetwork: Judgement<MigrationInput> = {
  id: 'migrate/client-network',
  severity: 'error',
  *run(input) {
    const { check, gateway, from, to } = input;
    if (!domainsOf(gateway.settings?.domains, 'network').length) return;
    const [old, next] = [from?.link?.settings?.clientNetworkId, to.link?.settings?.clientNetworkId];
    const about = aboutGateway(gateway);
    if (old === undefined || to.link?.settings === undefined) {
      const what = 'the client VPC';
      const missing =
        old !== undefined ? untold(to, what) : from === undefined ? unreadSource(input, what) : untold(from, what);
      yield unsure(about, 'NETWORKS_NOT_READ', { linkId: to.link?.id }, missing);
      return;
    }
    const evidence = [
      { kind: 'link', id: from?.link?.id ?? '', text: `client VPC ${old}` },
      { kind: 'link', id: to.link?.id ?? '', text: `client VPC ${next ?? 'none'}` },
    ];
    if (old === next) yield holds(check, about, 'SAME_NETWORK', () => ({ params: { old }, evidence }));
    else {
      yield fails(about, 'OTHER_NETWORK', { params: { old, linkId: to.link?.id, next }, evidence });
    }
  },
};

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
