import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { fails, holds } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';

/** `migrate/switch-pending`. */
export const migrateSwitchPending: MigrationCheck = {
  id: 'migrate/switch-pending',
  title: 'No change of spec waits for a switch of its traffic',
  severity: 'error',
  about:
    "A change of an instance's spec may bring a new outbound address, and then waits up to 24 hours until somebody confirms it. Until then nobody knows which addresses backends " +
    'will see.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/change-instance-specifications',
  ],
  *run({ check, gateway, from, to }) {
    for (const view of [from, to]) {
      if (view?.link === undefined) continue;
      const { id, nativeState, settings } = view.link;
      const about = aboutGateway(gateway, thing('instance', id));
      const evidence = [{ kind: 'link', id, text: nativeState }];
      if (settings?.switchPending !== true) {
        yield holds(check, about, () => ({ message: `${id} is ${nativeState}`, evidence }));
        continue;
      }
      yield fails(about, {
        message: `a change of the spec of ${id} waits for the switch of its traffic`,
        evidence,
        remedy: 'Confirm the switch in the console, or let it be cancelled, and look again.',
      });
    }
  },
};
