import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { fails } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';
import { useEvidence, useText } from '../../world/uses/gateway-uses.js';

/** `migrate/plain-address`. */
export const migratePlainAddress: MigrationCheck = {
  id: 'migrate/plain-address',
  title: 'No backend is called without an authorisation where one is needed',
  severity: 'error',
  about:
    'A VPC integration instance calls private addresses as they are, and finds servers in registries (Nacos, ZooKeeper). A conventional or shared instance calls only what an ' +
    'authorisation names, resource by resource: an API with a plain private address or a registry loses its backend there.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://www.alibabacloud.com/help/doc-detail/179362',
  ],
  *run({ to, backends, gateway }) {
    if (to.link?.kind === 'integration-instance') return;
    for (const { name, uses } of backends) {
      const [use] = uses.filter(({ targetId }) => targetId === undefined);
      if (use === undefined) continue;
      yield fails(aboutGateway(gateway, thing('backend', name)), {
        message: `${useText(use)} calls ${name} without an authorisation, which ${to.link?.id ?? 'such an instance'} cannot`,
        evidence: useEvidence(uses),
        remedy: `Make a VPC access authorisation for ${name} and lead ${use.name} to it before the move.`,
      });
    }
  },
};
