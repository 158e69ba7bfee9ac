import { stating, type Judgement } from '../../findings/statement.js';
import type { migrateAccessibleBlocksWords } from './words/accessible-blocks.words.js';
import { thing } from '../../findings/subject.js';
import { aboutGateway } from '../about-gateway.js';
import { allowlistOf } from '../../world/allowlist-of.js';
import { addressesOf, backendOf } from '../../network/balancers/backend.js';
import { blockSet, readHost } from '../../network/block-set.js';
import type { MigrationInput } from '../migration-input.js';
import { useEvidence, usesText } from '../../world/uses/gateway-uses.js';
import { standsInSubnets } from '../../world/link-facts.js';

const { fails, holds, unsure } = stating<(typeof migrateAccessibleBlocksWords)['says']>();

/** `migrate/accessible-blocks`. */
export const migrateAccessibleBlocks: Judgement<MigrationInput> = {
  id: 'migrate/accessible-blocks',
  severity: 'error',
  *run({ check, region, to, future, backends, gateway }) {
    if (to.link === undefined || !standsInSubnets(to)) return;
    const { id } = to.link;
    const allowlist = allowlistOf(region, id);
    const missing = region.missing('allowlists', id);
    const blocks = allowlist?.entries.map(({ cidrBlock }) => cidrBlock) ?? [];
    const set = blockSet(blocks);
    const usesOf = new Map(backends.map(({ name, uses }) => [name, uses] as const));
    for (const view of future.targets) {
      const backend = backendOf(future, view);
      if (backend === undefined) continue;
      // `migrate/network` reports a backend of another network; its addresses have no meaning in this one.
      if (view.target?.networkId !== undefined && to.networkId !== undefined && view.target.networkId !== to.networkId)
        continue;
      const uses = usesOf.get(view.name) ?? usesOf.get(view.name.split(' ')[0] ?? '') ?? [];
      const about = aboutGateway(gateway, thing('backend', view.name));
      const found = addressesOf(backend);
      if (found.is === 'absent') continue; // other checks report that the backend does not exist
      if (allowlist === undefined || missing !== undefined || found.is === 'unknown') {
        const fact =
          missing ??
          (found.is === 'unknown'
            ? found.missing
            : { what: `the accessible blocks of ${id}`, remedy: 'Take the snapshot again with `postern snapshot`.' });
        yield unsure(about, 'BLOCKS_NOT_READ', { target: view.name, id }, fact);
        continue;
      }
      const outside = found.value.find((text) => {
        const address = readHost(text);
        return address === undefined || !set.has(address);
      });
      if (outside === undefined) {
        yield holds(check, about, 'INSIDE_BLOCKS', () => ({
          params: { target: view.name, id, addresses: found.value },
          evidence: useEvidence(uses),
        }));
        continue;
      }
      yield fails(about, 'OUTSIDE_BLOCKS', {
        params: {
          target: view.name,
          isAddress: view.name.includes(outside),
          outside,
          id,
          hasUse: uses.length > 0,
          useText: usesText(uses),
        },
        evidence: [
          { kind: 'address', id: outside, text: `of ${backend.id}` },
          ...blocks.map((block) => ({ kind: 'accessible block', id: block, text: `of ${id}` })),
          ...useEvidence(uses),
        ],
      });
    }
  },
};
