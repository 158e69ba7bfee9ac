import { fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { part, aboutLink } from '../../../do/findings/subject.js';
import { PrefixSet } from '../../../cidr/prefix-set.js';
import type { Network } from '../../../do/model/network.js';
import type { CheckInput, LinkView, Missing } from '../../../do/world/views.js';
import { backends } from '../../path/balancers/balancers.js';
import { standsInSubnets } from '../../../do/world/link-facts.js';
import { addressesOf, type Backend } from '../../path/balancers/backend.js';
import { readAddress } from '../../../cidr/read-address.js';
import { blockSet, readBlocks } from '../../path/model/group-set.js';
import type { Evidence } from '../../../do/findings/finding.js';
import {
  accessibleOf,
  blockEvidence,
  blockOwner,
  type AccessibleBlock,
  blockMending,
  removeText,
} from './accessible.js';
import { listed, routedBy, tablesOf } from './egress-routes.js';
import { defineCheck } from '../define-check.js';

const CODES = {
  ROUTES_NOT_READ: unknown('each accessible block of link {link} can be reached'),
  NETWORK_NOT_READ: unknown('the accessible blocks of link {link} are inside its network'),
  INSIDE_NETWORK: pass('{block} is inside {id}'),
  BLOCK_TOO_WIDE: fail(
    '{block} is wider than what link {link} can reach: {network} ({networkBlocks}) and the routes of {without:and} cover only a part of it',
    'Write the blocks that the backends are in instead, and {removal}.',
    'warning',
  ),
  BLOCK_NOT_ROUTED: fail(
    '{block} is outside of {network} ({networkBlocks}), and {without:and} {without?does:do} not route all of it: calls to it fail',
    'Connect {network} to that network and add a route for {block} to {without:and}[: target {needing} is in this block|, or {removal}].',
  ),
  BLOCK_ROUTES_NOT_READ: unknown('routes lead to {block}'),
  BLOCK_ROUTED: pass('{block} is outside of {network}, and routes lead to it'),
};

export const outsideNetwork = defineCheck({
  id: 'cidr/outside-network',
  severity: 'error',
  title: 'Each accessible block is inside the network, or routes lead to it',
  about:
    'A block outside of the network is reached only if the routes of all subnets of the link lead to it: ' +
    'through a peering, a transit gateway, a VPN or a leased line. Clouds do not check this when the block is ' +
    'allowed, and every call to the block fails. Default routes to the internet and blackhole routes lead to ' +
    'no private network. If the network or a route covers a part of a block, that part works. The block is ' +
    'then wider than needed, which is a warning.',
  codes: CODES,
  *run(input, say) {
    const memory = new Map<Network, PrefixSet>();
    for (const view of input.links) {
      if (!standsInSubnets(view)) continue;

      const { blocks, missing: unread } = accessibleOf(view);
      if (unread !== undefined) yield say.ROUTES_NOT_READ(aboutLink(view), { link: view.name }, unread);
      if (blocks.length === 0) continue;

      const network = view.networkId === undefined ? undefined : view.region.find('networks', view.networkId);
      if (network?.is !== 'found') {
        const fact: Missing | undefined =
          network?.is === 'unknown' ? network.missing : view.region.missing('subnets', view.subnetIds[0]);
        if (fact !== undefined) yield say.NETWORK_NOT_READ(aboutLink(view), { link: view.name }, fact);
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
          yield say.INSIDE_NETWORK(aboutLink(view, part('block', text)), { block: text, id }, [
            blockEvidence(view, block),
            ways.evidence,
          ]);
        } else yield* outside(say, input, view, block, inside, ways);
      }
    }
  },
});

/** A declared target whose address is in a block. Without the block its calls would be refused. */
function needing(input: Pick<CheckInput, 'derived'>, view: LinkView, block: AccessibleBlock): string | undefined {
  const set = blockSet([block.text]);
  const found = backends(input).find(({ integration, backend }) => {
    if (integration.link !== view) return false;

    return calledAt(backend).some((text) => {
      const address = readAddress(text);
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
  say: Say<typeof CODES>,
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
  const beside = PrefixSet.of([prefix]).subtract(inside);
  let unread = missing;
  const without: string[] = [];
  for (const table of tables) {
    if (table.routes === undefined) continue;

    let left = beside.subtract(routedBy(view.region, table));
    if (!left.isEmpty) {
      const lists = listed(view.region, table);
      left = left.subtract(lists.set);
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
  const { from } = block;
  const owner = blockOwner(view);
  const removal = removeText(owner, text, from);
  const mendedBy = blockMending(owner, from);
  const on = { network, networkBlocks: around.text, without, owner, from };
  if (without.length > 0 && meets && view.traits.allowlist === 'security group') {
    const params = { block: text, link: view.name, ...on };
    yield say.BLOCK_TOO_WIDE(about, params, { mendedBy, evidence, words: { removal } });
  } else if (without.length > 0) {
    const target = needing(input, view, block);
    yield say.BLOCK_NOT_ROUTED(
      about,
      { block: text, ...on, needing: target },
      { evidence, mendedBy: target === undefined ? mendedBy : undefined, words: { removal } },
    );
  } else if (unread !== undefined) {
    yield say.BLOCK_ROUTES_NOT_READ(about, { block: text }, unread, [blockEvidence(view, block), around]);
  } else if (tables.length > 0) {
    yield say.BLOCK_ROUTED(about, { block: text, network }, evidence);
  }
}
