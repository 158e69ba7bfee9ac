import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import type { LinkState } from '../../model/link.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';

/** `migrate/ready`. */
export const migrateReady: MigrationCheck = {
  id: 'migrate/ready',
  title: 'The link to move to carries calls',
  severity: 'error',
  about:
    'The service refuses to move a group to an instance that is not running, and an integration that is put on a link which is not ready answers with errors. A word of the cloud that ' +
    'nobody documented is unknown.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  *run({ check, gateway, to }) {
    if (to.link === undefined) return; // that it is not there is an error of the call
    const { id, kind, state, nativeState, reason, settings } = to.link;
    // What waits for a switch, and a link that fell asleep, are said by checks of their own.
    if ((state === 'inactive' && kind === 'vpc-link-v2') || settings?.switchPending === true) return;
    const about = aboutGateway(gateway, thing('link', id));
    const evidence = [{ kind: 'link', id, text: nativeState }];
    if (state === 'ready') {
      yield holds(check, about, () => ({ message: `${id} is ${nativeState}`, evidence }));
    } else if (state === 'unknown') {
      const what = `what ${JSON.stringify(nativeState)}, the state of ${id}, means`;
      const remedy = `Look at ${id} in the console, and look again once it is ready.`;
      yield unsure(about, `${id} carries calls`, { what, remedy }, { evidence });
    } else {
      yield fails(about, {
        message: `${id} is ${WORDS[state]} (${nativeState})${reason === undefined || reason.includes(nativeState) ? '' : `: ${reason}`}`,
        evidence,
        remedy: state === 'pending' ? 'Wait until it is ready, then look again.' : 'Move to another link.',
      });
    }
  },
};

const WORDS: Readonly<Record<Exclude<LinkState, 'ready' | 'unknown'>, string>> = {
  pending: 'not ready yet',
  inactive: 'asleep',
  failed: 'failed and never recovers',
  deleting: 'being deleted',
};
