import { stating, type Judgement } from '../../findings/statement.js';
import type { outsideNetworkWords } from './words/outside-network.words.js';
import { part } from '../../findings/subject.js';
import { PrefixSet } from '../../cidr/prefix-set.js';
import type { Network } from '../../model/network.js';
import type { CheckInput, LinkView, Missing } from '../../world/views.js';
import { backends } from '../../network/balancers/balancers.js';
import { kindTraitsOf, standsInSubnets } from '../../world/link-facts.js';
import { aboutLink } from '../../findings/about.js';
import { addressesOf, type Backend } from '../../network/balancers/backend.js';
import { blockSet, readBlocks, readHost } from '../../network/block-set.js';
import type { Evidence } from '../../findings/finding.js';
import { accessibleOf, blockEvidence, blockOwner, type AccessibleBlock } from './accessible.js';
import { listed, routedBy, tablesOf } from './ways-out.js';

const { fails, holds, unsure } = stating<(typeof outsideNetworkWords)['says']>();

/** `cidr/outside-network`. */
export const outsideNetwork: Judgement = {
  id: 'cidr/outside-network',
  severity: 'error',
  *run(input) {
    const memory = new Map<Network, PrefixSet>();
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;
      const { blocks, missing: unread } = accessibleOf(view);
      if (unread !== undefined) {
        yield unsure(aboutLink(view), 'ROUTES_NOT_READ', { link: view.name }, unread);
      }
      if (blocks.length === 0) continue;
      const network = view.networkId === undefined ? undefined : view.region.find('networks', view.networkId);
      if (network?.is !== 'found') {
        const fact: Missing | undefined =
          network?.is === 'unknown' ? network.missing : view.region.missing('subnets', view.subnetIds[0]);
        if (fact !== undefined) yield unsure(aboutLink(view), 'NETWORK_NOT_READ', { link: view.name }, fact);
        continue;
      }
      const { cidrBlocks, ipv6CidrBlocks = [], id } = network.value;
      const inside = memory.get(network.value) ?? PrefixSet.of(readBlocks([...cidrBlocks, ...ipv6CidrBlocks]));
      memory.set(network.value, inside);
      const ways = { network: id, evidence: { kind: 'network', id, text: cidrBlocks.join(', ') } };
      for (const block of blocks) {
        const { prefix, text, from } = block;
        if (prefix === undefined || from === 'subnet') continue;
        if (inside.has(prefix)) {
          yield holds(input, aboutLink(view, part('block', text)), 'INSIDE_NETWORK', () => ({
            params: { block: text, id },
            evidence: [blockEvidence(view, block), ways.evidence],
          }));
        } else yield* outside(input, view, block, inside, ways);
      }
    }
  },
};

/** A declared target whose address is in a block. Without the block its calls would be refused. */
function needing(input: Pick<CheckInput, 'derived'>, view: LinkView, block: AccessibleBlock): string | undefined {
  const set = blockSet([block.text]);
  const found = backends(input).find(({ integration, backend }) => {
    if (integration.link !== view) return false;
    return calledAt(backend).some((text) => {
      const address = readHost(text);
      return address !== undefined && set.has(address);
    });
  });
  return found?.target.name;
}

function calledAt(backend: Backend): readonly string[] {
  if (backend.kind === 'service') {
    const { instances = [] } = backend.service.is === 'found' ? backend.service.value : {};
    return instances.flatMap(({ address, ipv6Address }) => address ?? ipv6Address ?? []);
  }
  const found = addressesOf(backend);
  return found.is === 'found' ? found.value : [];
}

function* outside(
  input: CheckInput,
  view: LinkView,
  block: AccessibleBlock,
  inside: PrefixSet,
  { network, evidence: around }: { readonly network: string; readonly evidence: Evidence },
) {
  const { prefix, text } = block;
  if (prefix === undefined) return;
  const about = aboutLink(view, part('block', text));
  const { tables, missing } = tablesOf(view);
  const beside = PrefixSet.of([prefix]).difference(inside);
  let unread = missing;
  const without: string[] = [];
  for (const table of tables) {
    if (table.routes === undefined) continue;
    let left = beside.difference(routedBy(view.region, table));
    if (!left.isEmpty) {
      const lists = listed(view.region, table);
      left = left.difference(lists.set);
      if (!left.isEmpty && lists.missing !== undefined) unread ??= lists.missing;
      else if (!left.isEmpty) without.push(table.id);
    }
  }
  const evidence = [
    blockEvidence(view, block),
    around,
    ...tables.map(({ id }) => ({
      kind: 'route table',
      id,
      text: without.includes(id) ? `does not lead to all of ${text}` : `leads to ${text}`,
    })),
  ];
  const meets =
    inside.containment(prefix) !== 'outside' ||
    tables.some(
      (table) => table.routes !== undefined && routedBy(view.region, table).containment(prefix) !== 'outside',
    );
  if (without.length > 0 && meets && kindTraitsOf(view).allowlist === 'security group') {
    yield fails(about, 'BLOCK_TOO_WIDE', {
      params: {
        block: text,
        link: view.name,
        network,
        networkBlocks: around.text,
        without,
        owner: blockOwner(view),
        from: block.from,
      },
      evidence,
      severity: 'warning',
    });
  } else if (without.length > 0) {
    yield fails(about, 'BLOCK_NOT_ROUTED', {
      params: {
        block: text,
        network,
        networkBlocks: around.text,
        without,
        owner: blockOwner(view),
        from: block.from,
        needing: needing(input, view, block),
      },
      evidence,
    });
  } else if (unread !== undefined) {
    yield unsure(about, 'BLOCK_ROUTES_NOT_READ', { block: text }, unread, {
      evidence: [blockEvidence(view, block), around],
    });
  } else if (tables.length > 0) {
    yield holds(input, about, 'BLOCK_ROUTED', () => ({ params: { block: text, network }, evidence }));
  }
}
