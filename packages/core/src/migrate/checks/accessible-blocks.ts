import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { allowlistOf } from '../../world/allowlist-of.js';
import { addressesOf, backendOf } from '../../network/balancers/backend.js';
import { blockSet, readHost } from '../../network/block-set.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import type { MigrationCheck } from '../migration-input.js';
import { useEvidence, useText } from '../../world/uses/gateway-uses.js';

/** `migrate/accessible-blocks`. */
export const migrateAccessibleBlocks: MigrationCheck = {
  id: 'migrate/accessible-blocks',
  title: 'Every backend is inside the accessible blocks of the target instance',
  severity: 'error',
  about:
    'The service looks at the private address of each backend, behind authorisations, in URLs, in plug-ins and in named backends, in drafts and in what is published, ' +
    'and refuses the move where one lies outside of the accessible blocks of the target instance: "instance cannot connect the backend x.x.x.x".',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
  ],
  *run({ check, region, to, future, backends, gateway }) {
    if (to.link?.kind !== 'integration-instance') return;
    const { id } = to.link;
    const allowlist = allowlistOf(region.region, id);
    const missing = region.missing('allowlists', id);
    const blocks = allowlist?.entries.map(({ cidrBlock }) => cidrBlock) ?? [];
    const set = blockSet(blocks);
    const usesOf = new Map(backends.map(({ name, uses }) => [name, uses] as const));
    for (const view of future.targets) {
      const backend = backendOf(future, view);
      if (backend === undefined) continue;
      // Of another network is what `migrate/network` says; its addresses mean nothing in this one.
      if (view.target?.networkId !== undefined && to.networkId !== undefined && view.target.networkId !== to.networkId)
        continue;
      const uses = usesOf.get(view.name) ?? usesOf.get(view.name.split(' ')[0] ?? '') ?? [];
      const about = aboutGateway(gateway, thing('backend', view.name));
      const whether = `${view.name} is inside the accessible blocks of ${id}`;
      const found = addressesOf(backend);
      if (found.is === 'absent') continue; // that the backend is gone is said where it is looked for
      if (allowlist === undefined || missing !== undefined || found.is === 'unknown') {
        const fact =
          missing ??
          (found.is === 'unknown'
            ? found.missing
            : { what: `the accessible blocks of ${id}`, remedy: 'Take the snapshot again with `postern snapshot`.' });
        yield unsure(about, whether, fact);
        continue;
      }
      const outside = found.value.find((text) => {
        const address = readHost(text);
        return address === undefined || !set.has(address);
      });
      if (outside === undefined) {
        yield holds(check, about, () => ({
          message: `${whether}: ${found.value.join(', ')}`,
          evidence: useEvidence(uses),
        }));
        continue;
      }
      const [use] = uses;
      yield fails(about, {
        message: `${view.name} ${view.name.includes(outside) ? 'lies' : `is at ${outside},`} outside of the accessible blocks of ${id}: the service says "instance cannot connect the backend ${outside}"${use === undefined ? '' : ` because of ${useText(use)}`}`,
        evidence: [
          { kind: 'address', id: outside, text: `of ${backend.id}` },
          ...blocks.map((block) => ({ kind: 'accessible block', id: block, text: `of ${id}` })),
          ...useEvidence(uses),
        ],
        remedy: letReach(id, `${outside}/${outside.includes(':') ? 128 : 32}`),
      });
    }
  },
};

/** The service's own call, and ours: that takes an instance which a spec has. */
function letReach(id: string, block: string): string {
  const given = JSON.stringify({ CidrBlock: block, Customized: true });
  return `Let the instance reach it first: postern allow ${id} ${block}. Where no spec has the instance, call ModifyInstanceAttribute with ToConnectVpcIpBlock ${given}.`;
}
