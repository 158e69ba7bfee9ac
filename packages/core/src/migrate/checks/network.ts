import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';
import { useEvidence, useText } from '../../world/uses/gateway-uses.js';

/** `migrate/network`. */
export const migrateNetwork: MigrationCheck = {
  id: 'migrate/network',
  title: "Every authorisation is of the target instance's own VPC",
  severity: 'error',
  about:
    'The service compares the VPC of each authorisation with the one that the instance leads into, for drafts and for what is published, and refuses the move where they ' +
    'differ. A conventional instance leads into whatever VPC an authorisation names.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  *run({ check, to, backends, gateway }) {
    if (to.link?.kind !== 'integration-instance') return;
    for (const { name, uses, target } of backends) {
      const [use] = uses;
      if (target === undefined || use === undefined) continue;
      const about = aboutGateway(gateway, thing('authorisation', name));
      const own = target.networkId;
      const whether = `${name} is of the VPC that ${to.link.id} leads into`;
      if (own === undefined || to.networkId === undefined) {
        const what = `the VPC of ${own === undefined ? name : to.link.id}`;
        yield unsure(about, whether, { what, remedy: 'Take the snapshot again with `postern snapshot`.' });
      } else if (own === to.networkId) {
        yield holds(check, about, () => ({
          message: `${name} is of ${own}, as the instance is`,
          evidence: useEvidence(uses),
        }));
      } else {
        yield fails(about, {
          message: `${name} is of ${own}, and ${to.link.id} leads into ${to.networkId}: the service refuses the move because of ${useText(use)}`,
          evidence: [{ kind: 'authorisation', id: name, text: `in ${own}` }, ...useEvidence(uses)],
          remedy: `Move to an instance of ${own}, or lead ${use.name} to a backend in ${to.networkId} first.`,
        });
      }
    }
  },
};
